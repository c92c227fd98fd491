using System.Text.RegularExpressions;

namespace NationalReferral.Tests;

/// <summary>The routes of the web client, read where it declares them.</summary>
internal static partial class ClientRoutes
{
    /// <summary>In the order in which the client asks: the first that fits stands.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. new[] { "App.tsx", "Routes.tsx" }.SelectMany(file => Declared().Matches(File.ReadAllText(Path.Combine(Repository.Root, "web-client", "src", "app", file)))).Select(match => match.Groups["path"].Value)];

    /// <summary>Which route an address belongs to; null: none.</summary>
    public static string? Of(string address)
    {
        var path = address.Split('?')[0];
        return All.FirstOrDefault(route => Regex.IsMatch(path, Pattern(route), RegexOptions.CultureInvariant));
    }

    private static string Pattern(string route) =>
        $"^{string.Concat(route.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => !part.StartsWith(':') ? "/" + Regex.Escape(part) : part.EndsWith('?') ? "(/[^/]+)?" : "/[^/]+"))}/?$";

    [GeneratedRegex("<Route path=\"(?<path>[^\"]+)\">", RegexOptions.CultureInvariant)]
    private static partial Regex Declared();
}
