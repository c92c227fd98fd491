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
    private static readonly Dictionary<Type, Func<object, object>> Scalars = [];
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

    /// <summary>The value of a row's only column.</summary>
    public static object Read(object value, Type type) => Scalars[type](value);

    private static bool RegisterAll()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.Settings.PreferTypeHandlersForEnums = true;
        Add(value => value is byte[] bytes ? new Guid(bytes, bigEndian: true) : (Guid)value);
        Add(value => value is string text ? Instants.Parse(text) : new DateTimeOffset(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc)));
        Add(value => value is string text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : DateOnly.FromDateTime((DateTime)value));
        Add(value => (string)value);
        Add(value => (byte[])value);
        Add(value => value is long number ? number != 0 : Convert.ToBoolean(value, CultureInfo.InvariantCulture));
        Add(value => value is long number ? checked((byte)number) : Convert.ToByte(value, CultureInfo.InvariantCulture));
        Add(value => value is long number ? checked((short)number) : Convert.ToInt16(value, CultureInfo.InvariantCulture));
        Add(value => value is long number ? checked((int)number) : Convert.ToInt32(value, CultureInfo.InvariantCulture));
        Add(value => value is long number ? number : Convert.ToInt64(value, CultureInfo.InvariantCulture));
        Add(value => Convert.ToDouble(value, CultureInfo.InvariantCulture));
        Add(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Typed, so that a row of sixty columns boxes nothing and asks no type what it is.</summary>
    private static void Add<T>(Func<object, T> read) where T : notnull
    {
        Scalars[typeof(T)] = value => read(value);
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.AddTypeHandler(new ScalarHandler<T>(read));
    }

    private sealed class ScalarHandler<T>(Func<object, T> read) : SqlMapper.TypeHandler<T>
    {
        public override T Parse(object value) => read(value);

        public override void SetValue(IDbDataParameter parameter, T? value) => throw new InvalidOperationException("Work binds parameters.");
    }

    private sealed class CodeHandler<T> : SqlMapper.TypeHandler<T> where T : struct, Enum
    {
        public override T Parse(object value) => Codes.Parse<T>((string)value);

        public override void SetValue(IDbDataParameter parameter, T value) => throw new InvalidOperationException("Work binds parameters.");
    }
}
