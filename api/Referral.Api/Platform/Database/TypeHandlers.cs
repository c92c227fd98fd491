using System.Data;
using System.Globalization;
using Dapper;

namespace NationalReferral.Platform;

/// <summary>
/// How a column becomes a member of a row, on either database. Numbers have handlers too: SQLite tells the type of a
/// value, not of a column, and Dapper would keep the type that it met in the first row.
/// </summary>
internal static class TypeHandlers
{
    private static readonly Lazy<bool> Registered = new(RegisterAll);

    public static void Register() => _ = Registered.Value;

    /// <summary>Members of <paramref name="row"/> that are enumerations are read from their codes.</summary>
    public static void RegisterCodes(Type row)
    {
        foreach (var type in row.GetProperties().Select(p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType).Where(t => t.IsEnum && !SqlMapper.HasTypeHandler(t)))
        {
            SqlMapper.AddTypeHandler(type, (SqlMapper.ITypeHandler)Activator.CreateInstance(typeof(CodeHandler<>).MakeGenericType(type))!);
        }
    }

    /// <summary>True for types that stand for one column, and not for a row.</summary>
    public static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(byte[]) || type == typeof(decimal)
        || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly);

    public static object Read(object value, Type type) => value switch
    {
        byte[] bytes when type == typeof(Guid) => new Guid(bytes, bigEndian: true),
        string text when type == typeof(DateTimeOffset) => Instants.Parse(text),
        DateTime time when type == typeof(DateTimeOffset) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        string text when type == typeof(DateOnly) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time when type == typeof(DateOnly) => DateOnly.FromDateTime(time),
        _ when value.GetType() == type => value,
        _ => Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
    };

    private static bool RegisterAll()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.Settings.PreferTypeHandlersForEnums = true;
        Type[] scalars =
        [
            typeof(Guid), typeof(DateTimeOffset), typeof(DateOnly), typeof(string), typeof(byte[]), typeof(bool),
            typeof(byte), typeof(short), typeof(int), typeof(long), typeof(double), typeof(decimal),
        ];
        foreach (var type in scalars)
        {
            SqlMapper.RemoveTypeMap(type);
            SqlMapper.AddTypeHandler(type, new ScalarHandler());
        }
        return true;
    }

    private sealed class ScalarHandler : SqlMapper.ITypeHandler
    {
        public object Parse(Type destinationType, object value) => Read(value, Nullable.GetUnderlyingType(destinationType) ?? destinationType);

        public void SetValue(IDbDataParameter parameter, object value) => throw new InvalidOperationException("Work binds parameters.");
    }

    private sealed class CodeHandler<T> : SqlMapper.TypeHandler<T> where T : struct, Enum
    {
        public override T Parse(object value) => Codes.Parse<T>((string)value);

        public override void SetValue(IDbDataParameter parameter, T value) => throw new InvalidOperationException("Work binds parameters.");
    }
}
