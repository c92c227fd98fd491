using System.Collections;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Dapper;

namespace NationalReferral.Platform;

/// <summary>What a parameter or column holds; each dialect has its own type for it.</summary>
internal enum ValueKind
{
    Id,
    Instant,
    Day,
    Text,
    Bytes,
    Whole,
    Truth,
    Real,
    Exact,
}

/// <summary>A text with the values of its parameters, in the order of <see cref="SqlText.Parameters"/>.</summary>
internal readonly record struct Query(SqlText Text, object?[] Values, ValueKind[] Kinds);

/// <summary>One SQL text, taken apart once: its parameters, how objects fill them, how its rows are read.</summary>
internal sealed class SqlText
{
    private const int LongestList = 1024;
    private static readonly ConcurrentDictionary<string, SqlText> Known = new(new Spelling());
    private static readonly string[] AmbientNames = ["now", "principal", "unit", "supervises", "worker"];

    private readonly ConcurrentDictionary<Type, Member[]> _members = new();
    private readonly ConcurrentDictionary<Type, Delegate> _readers = new();
    private string? _paged;

    private SqlText(string sql)
    {
        Sql = sql;
        Parameters = [.. Names(sql).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public string Sql { get; }

    /// <summary>Names without the at sign.</summary>
    public string[] Parameters { get; }

    public static SqlText Of(string sql) => Known.GetOrAdd(sql, static text => new SqlText(text));

    public string Paged(string tail) => _paged ??= Sql.Contains("ORDER BY", StringComparison.Ordinal)
        ? Sql + tail
        : throw new InvalidOperationException($"A page needs an order: {Sql}");

    public Query Bind(Work work, object? parameters, int? take)
    {
        var members = _members.GetOrAdd(parameters?.GetType() ?? typeof(object), static (type, text) => text.MembersOf(type), this);
        var values = new object?[members.Length];
        var kinds = new ValueKind[members.Length];
        var hasList = false;
        for (var i = 0; i < members.Length; i++)
        {
            values[i] = members[i].Read(work, parameters, take);
            kinds[i] = members[i].Kind;
            hasList |= members[i].IsList;
        }
        return hasList ? Expand(members, values) : new(this, values, kinds);
    }

    public Func<DbDataReader, T> Reader<T>(DbDataReader reader) =>
        (Func<DbDataReader, T>)_readers.GetOrAdd(typeof(T), static (_, row) => NewReader<T>(row), reader);

    private static Func<DbDataReader, T> NewReader<T>(DbDataReader reader)
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (type.IsEnum)
        {
            throw new InvalidOperationException("Read a code as string and parse it.");
        }
        if (TypeHandlers.IsScalar(type))
        {
            return row => row.IsDBNull(0) ? default! : (T)TypeHandlers.Read(row.GetValue(0), type);
        }
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i).Replace("_", "", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var member in type.GetProperties().Where(p => p.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null))
        {
            if (!columns.Contains(member.Name))
            {
                throw new InvalidOperationException($"No column for the required member {type.Name}.{member.Name}.");
            }
        }
        TypeHandlers.RegisterCodes(type);
        return reader.GetRowParser<T>();
    }

    private Member[] MembersOf(Type type)
    {
        var properties = type.GetProperties().ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        if (AmbientNames.FirstOrDefault(properties.ContainsKey) is { } taken)
        {
            throw new InvalidOperationException($"@{taken} is bound by the unit of work itself.");
        }
        return [.. Parameters.Select(name => Member.Ambient(name)
            ?? (properties.TryGetValue(name, out var property)
                ? Member.Of(property)
                : throw new InvalidOperationException($"No value was given for @{name} in: {Sql}")))];
    }

    /// <summary>Lists are filled up to a power of two with their last value, so that few texts arise; an empty one matches nothing.</summary>
    private Query Expand(Member[] members, object?[] values)
    {
        var sql = Sql;
        var spread = new Dictionary<string, (object? Value, ValueKind Kind)>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < members.Length; i++)
        {
            if (!members[i].IsList)
            {
                spread[Parameters[i]] = (values[i], members[i].Kind);
                continue;
            }
            var items = ((IEnumerable)values[i]!).Cast<object?>().Select(Member.Plain).ToList();
            if (items.Count > LongestList)
            {
                throw new InvalidOperationException($"@{Parameters[i]} has more than {LongestList} values.");
            }
            var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, items.Count));
            var names = Enumerable.Range(0, size).Select(n => $"{Parameters[i]}_{n}").ToList();
            for (var n = 0; n < size; n++)
            {
                spread[names[n]] = (items.Count == 0 ? null : items[Math.Min(n, items.Count - 1)], members[i].Kind);
            }
            sql = sql.Replace($"(@{Parameters[i]})", $"({string.Join(", ", names.Select(n => "@" + n))})", StringComparison.OrdinalIgnoreCase);
        }
        var text = Of(sql);
        return new(text, [.. text.Parameters.Select(n => spread[n].Value)], [.. text.Parameters.Select(n => spread[n].Kind)]);
    }

    private static IEnumerable<string> Names(string sql)
    {
        for (var i = 0; i < sql.Length; i++)
        {
            if (sql[i] == '\'')
            {
                i = sql.IndexOf('\'', i + 1) is var end and >= 0 ? end : sql.Length;
            }
            else if (sql[i] == '-' && i + 1 < sql.Length && sql[i + 1] == '-')
            {
                i = sql.IndexOf('\n', i) is var end and >= 0 ? end : sql.Length;
            }
            else if (sql[i] == '@')
            {
                var start = ++i;
                while (i < sql.Length && (char.IsAsciiLetterOrDigit(sql[i]) || sql[i] == '_'))
                {
                    i++;
                }
                yield return sql[start..i];
                i--;
            }
        }
    }

    /// <summary>One parameter of a text: where its value comes from.</summary>
    private sealed record Member(ValueKind Kind, bool IsList, Func<Work, object?, int?, object?> Read)
    {
        public static Member? Ambient(string name) => name switch
        {
            "now" => new(ValueKind.Instant, false, static (work, _, _) => work.Now),
            "principal" => new(ValueKind.Id, false, static (work, _, _) => Plain(work.Caller.PrincipalId)),
            "unit" => new(ValueKind.Id, false, static (work, _, _) => Plain(work.Caller.UnitId)),
            "supervises" => new(ValueKind.Truth, false, static (work, _, _) => work.Caller.Supervises),
            "worker" => new(ValueKind.Id, false, static (work, _, _) => Plain(work.Caller.WorkerId)),
            "take" => new(ValueKind.Whole, false, static (_, _, take) => (long)(take ?? throw new InvalidOperationException("@take belongs to PageAsync."))),
            _ => null,
        };

        public static Member Of(PropertyInfo property)
        {
            var isList = property.PropertyType != typeof(string) && property.PropertyType != typeof(byte[]) && property.PropertyType.IsAssignableTo(typeof(IEnumerable));
            var type = isList
                ? property.PropertyType.GetInterfaces().Append(property.PropertyType)
                    .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0]
                : property.PropertyType;
            var owner = Expression.Parameter(typeof(object));
            var read = Expression.Lambda<Func<object, object?>>(
                Expression.Convert(Expression.Property(Expression.Convert(owner, property.DeclaringType!), property), typeof(object)), owner).Compile();
            return new(KindOf(Nullable.GetUnderlyingType(type) ?? type), isList, isList ? (_, o, _) => read(o!) : (_, o, _) => Plain(read(o!)));
        }

        /// <summary>The value in a type that both providers know; instants and days are left to the dialect.</summary>
        public static object? Plain(object? value) => value switch
        {
            Guid id => id.ToByteArray(bigEndian: true),
            int number => (long)number,
            short number => (long)number,
            byte number => (long)number,
            DateTimeOffset instant => Instants.Cut(instant),
            Enum code => CodeOf(code),
            _ => value,
        };

        private static ValueKind KindOf(Type type) =>
            type == typeof(Guid) ? ValueKind.Id
            : type == typeof(DateTimeOffset) ? ValueKind.Instant
            : type == typeof(DateOnly) ? ValueKind.Day
            : type == typeof(string) || type.IsEnum ? ValueKind.Text
            : type == typeof(byte[]) ? ValueKind.Bytes
            : type == typeof(bool) ? ValueKind.Truth
            : type == typeof(double) || type == typeof(float) ? ValueKind.Real
            : type == typeof(decimal) ? ValueKind.Exact
            : type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(byte) ? ValueKind.Whole
            : throw new InvalidOperationException($"{type.Name} is no type of a parameter.");

        private static readonly ConcurrentDictionary<Enum, string> EnumCodes = new();

        private static string CodeOf(Enum value) => EnumCodes.GetOrAdd(value, static v =>
            (string)typeof(Codes).GetMethod(nameof(Codes.Code))!.MakeGenericMethod(v.GetType()).Invoke(null, [v])!);
    }

    /// <summary>Texts are long and few: a hash of a sample is enough, and equality begins with the reference.</summary>
    private sealed class Spelling : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string text)
        {
            var hash = text.Length;
            var step = Math.Max(1, text.Length / 16);
            for (var i = text.Length - 1; i >= 0; i -= step)
            {
                hash = hash * 31 + text[i];
            }
            return hash;
        }
    }
}
