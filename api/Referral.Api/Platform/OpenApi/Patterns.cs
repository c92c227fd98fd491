using System.Text.Json;

namespace NationalReferral.Platform;

/// <summary>The form of texts that are not free (ECMA-262 expressions, as JSON Schema wants them), by the name of their member or parameter.</summary>
internal static class Patterns
{
    public const string ListTag = "^W/\"[0-9a-f]{32}\"$";
    public const string Tag = "^\"[0-9]+(-[0-9a-f]{8})?\"$";
    public const string Cursor = "^[A-Za-z0-9_-]+$";
    public const string Key = "^[!-~]{8,100}$";
    public const string Address = "^/api/v1/[!-~]+$";
    public const string Challenge = "^Bearer( .+)?$";
    public const string Link = "^<[!-~]+>; rel=\"next\"$";

    /// <summary>Words of people: what TextRules lets in.</summary>
    public const string Free = @"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\uFFFE\uFFFF]*$";

    private const string Dotted = "^[a-z][a-z0-9_.-]*$";
    private const string Place = "^PK(-[A-Z]{2}(-[A-Z]{3})?)?$";
    private const string Hexadecimal = "^[0-9A-Fa-f]*$";
    private const string Clock = "^[0-2][0-9]:[0-5][0-9]$";

    public static string Of(string? name) => JsonNamingPolicy.CamelCase.ConvertName(name ?? string.Empty) switch
    {
        "tag" => Tag,
        "next" => Cursor,
        "caseCode" => "^[A-Z]{2}-[0-9]{2}-[0-9A-HJKMNP-TV-Z]{6}$",
        "district" or "districts" or "province" or "provinceCode" or "parentCode" or "coverage" => Place,
        "hash" or "previous" or "signature" => Hexadecimal,
        "action" or "scopes" => Dotted,
        "from" or "to" => Clock,
        _ => Free,
    };
}
