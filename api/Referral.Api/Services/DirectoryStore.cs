using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A part of the map, in degrees.</summary>
internal readonly record struct Box(double South, double North, double West, double East)
{
    private const double KmOfDegree = 111;

    /// <summary>Holds every point within <paramref name="km"/>; a little more at its corners.</summary>
    public static Box Around(GeoPoint middle, double km)
    {
        var lat = km / KmOfDegree;
        var lon = km / (KmOfDegree * Math.Cos(middle.Lat * Math.PI / 180));
        return new(middle.Lat - lat, middle.Lat + lat, middle.Lon - lon, middle.Lon + lon);
    }
}

/// <summary>What is asked of the directory; null: not asked.</summary>
internal sealed record DirectoryQuestion(
    string? Category, string? District, int? Age, string? Sex, string? Language, Box? Within, IReadOnlyList<string> Populations);

/// <summary>A service that fits, with the places that would do.</summary>
internal sealed record DirectoryRow
{
    public required Guid Id { get; init; }
    public required string NameEn { get; init; }
    public required string Hours { get; init; }
    public required bool Confidential { get; init; }
    public double? Lat { get; init; }
    public double? Lon { get; init; }
    public required bool IsCounted { get; init; }
    public int? FreePlaces { get; init; }

    /// <summary>Null: places are not counted.</summary>
    public int? Free => IsCounted ? FreePlaces ?? 0 : null;

    public GeoPoint? Location => Lat is { } lat && Lon is { } lon ? new GeoPoint(lat, lon) : null;
}

/// <summary>The one SQL text of the directory. Distance and hours are judged afterwards, in C#.</summary>
internal static class DirectoryStore
{
    private const string FindSql = """
        SELECT s.id, s.name_en, s.hours, a.confidential, a.lat, a.lon,
               CASE WHEN EXISTS (SELECT 1 FROM capacity k WHERE k.service_id = s.id) THEN 1 ELSE 0 END AS is_counted,
               (SELECT sum(p.licensed - p.reserved - p.occupied) FROM capacity p WHERE p.service_id = s.id AND p.population IN (@populations)) AS free_places
          FROM services s
          JOIN agencies a ON a.id = s.agency_id
         WHERE s.status = 'active'
           AND a.status = 'active'
           AND (@category IS NULL OR s.category = @category)
           AND (@age IS NULL OR ((s.min_age IS NULL OR s.min_age <= @age) AND (s.max_age IS NULL OR s.max_age >= @age)))
           AND (@sex IS NULL OR s.sex IS NULL OR s.sex = @sex)
           AND (@language IS NULL OR EXISTS (SELECT 1 FROM service_terms l WHERE l.service_id = s.id AND l.kind = 'language' AND l.code = @language))
           AND (@district IS NULL
             OR EXISTS (SELECT 1 FROM service_terms c WHERE c.service_id = s.id AND c.kind = 'coverage' AND c.code IN (@places))
             OR (a.province = @province AND NOT EXISTS (SELECT 1 FROM service_terms c WHERE c.service_id = s.id AND c.kind = 'coverage')))
           AND (@south IS NULL OR (a.lat BETWEEN @south AND @north AND a.lon BETWEEN @west AND @east))
        """;

    public static Task<IReadOnlyList<DirectoryRow>> FindAsync(Work work, DirectoryQuestion question, CancellationToken cancellation)
    {
        var province = question.District is null ? null : Districts.ProvinceOf(question.District);
        return work.ListAsync<DirectoryRow>(FindSql, new
        {
            category = question.Category,
            age = question.Age,
            sex = question.Sex,
            language = question.Language,
            district = question.District,
            province,
            places = question.District is null ? [] : new[] { question.District, province!, "PK" },
            populations = question.Populations,
            south = question.Within?.South,
            north = question.Within?.North,
            west = question.Within?.West,
            east = question.Within?.East,
        }, cancellation);
    }
}
