using System.Collections.Frozen;
using System.Globalization;
using CsvHelper;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A district of districts.csv.</summary>
/// <param name="Code">Own code, province and three letters: <c>PK-PB-KAS</c>.</param>
/// <param name="Status">active, recent, unconfirmed or superseded; a superseded one is read, not written.</param>
public sealed record District(
    string Code, string NameEn, string NameUr, string ProvinceCode, double Lat, double Lon, string Status, string? ParentCode);

/// <summary>A province or administered area of provinces.csv (ISO 3166-2).</summary>
public sealed record Province(string Code, string NameEn, string NameUr, string Type);

/// <summary>Districts and provinces, read once from the embedded files.</summary>
public sealed class Districts
{
    private readonly FrozenDictionary<string, District> _byCode;

    public Districts()
    {
        All = [.. Csv.Rows("districts.csv").Select(row => new District(
            row("code"), row("name_en"), row("name_ur"), row("province_code"),
            double.Parse(row("lat"), CultureInfo.InvariantCulture), double.Parse(row("lon"), CultureInfo.InvariantCulture),
            row("status"), Csv.Known(row("parent_code"))))];
        Provinces = [.. Csv.Rows("provinces.csv").Select(row => new Province(row("code"), row("name_en"), row("name_ur"), row("type")))];
        _byCode = All.ToFrozenDictionary(district => district.Code, StringComparer.Ordinal);
    }

    public IReadOnlyList<District> All { get; }

    public IReadOnlyList<Province> Provinces { get; }

    public District? Find(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);

    public static string ProvinceOf(string districtCode) => districtCode.Length >= 5 ? districtCode[..5] : districtCode;

    /// <summary>400 <c>unknown_code</c> at <paramref name="pointer"/> unless there is such a district that can be written.</summary>
    public Refusal? Fault(string pointer, string? code) =>
        code is null || Find(code) is { Status: not "superseded" }
            ? null
            : new Refusal(GeneralRefusals.Unreadable) { Errors = [new FieldError(pointer, "unknown_code")] };

    /// <summary>400 <c>unknown_code</c> at <paramref name="pointer"/> unless there is such a province.</summary>
    public Refusal? ProvinceFault(string pointer, string? code) =>
        code is null || Provinces.Any(province => province.Code == code)
            ? null
            : new Refusal(GeneralRefusals.Unreadable) { Errors = [new FieldError(pointer, "unknown_code", [.. Provinces.Select(province => province.Code)])] };
}

/// <summary>Reads the embedded CSV files (RFC 4180, header first).</summary>
internal static class Csv
{
    /// <returns>For each row a function from column name to text; empty where the file says nothing.</returns>
    public static IEnumerable<Func<string, string>> Rows(string file)
    {
        using var reader = new CsvReader(new StreamReader(ReferenceFiles.Open(file)), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        var columns = reader.HeaderRecord!;
        while (reader.Read())
        {
            var row = columns.ToDictionary(column => column, column => reader.GetField(column) ?? string.Empty, StringComparer.Ordinal);
            yield return column => row[column];
        }
    }

    /// <returns>Null where the file says nothing.</returns>
    public static string? Known(string text) => text.Length == 0 ? null : text;
}
