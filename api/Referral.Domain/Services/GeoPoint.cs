namespace NationalReferral;

/// <summary>WGS 84, in degrees.</summary>
public readonly record struct GeoPoint(double Lat, double Lon)
{
    // Mean radius of the Earth (IUGG), in kilometres.
    private const double Radius = 6_371.0088;

    /// <summary>Great circle in kilometres (haversine); roads are longer, and the order is nearly the same.</summary>
    public double DistanceTo(GeoPoint other)
    {
        var a = Square(Math.Sin(Radians(other.Lat - Lat) / 2))
            + (Math.Cos(Radians(Lat)) * Math.Cos(Radians(other.Lat)) * Square(Math.Sin(Radians(other.Lon - Lon) / 2)));
        return 2 * Radius * Math.Asin(Math.Sqrt(Math.Min(1, a)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Square(double x) => x * x;
}
