using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace NationalReferral.Platform;

/// <summary>
/// Checks what was read against the attributes of Wire.cs, before any handler runs: codes, lengths, numbers, text
/// that can be stored, times that have passed. Every fault is named by its JSON pointer, all of them in one answer.
/// </summary>
internal sealed class Reading(Taxonomies taxonomies, TimeProvider clock)
{
    private static readonly ConcurrentDictionary<Type, Member[]> Members = new();

    /// <summary>Added to the group of all routes; looks only at parameters that have something to check.</summary>
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var parameters = context.MethodInfo.GetParameters();
        var bodies = new List<int>();
        var simple = new List<(int Index, Member Member)>();
        var optional = new List<(int Index, string Name)>();
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            if (Nullable.GetUnderlyingType(parameter.ParameterType) is not null)
            {
                optional.Add((i, parameter.Name!));
            }
            if (parameter.ParameterType.Assembly == typeof(Reading).Assembly && IsShape(parameter.ParameterType))
            {
                bodies.Add(i);
            }
            else if (parameter.ParameterType == typeof(string) || parameter.GetCustomAttributes().Any(IsRule))
            {
                simple.Add((i, Member.Of(parameter.Name!, parameter.ParameterType, _ => null, parameter.GetCustomAttributes())));
            }
        }
        if (bodies.Count == 0 && simple.Count == 0 && optional.Count == 0)
        {
            return next;
        }
        return async invocation =>
        {
            var reading = invocation.HttpContext.RequestServices.GetRequiredService<Reading>();
            var faults = new Faults();
            if (invocation.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest)
            {
                // Where a value may be left out, the generated binder says of one that it cannot read that it could not, and not which.
                foreach (var (_, name) in optional.Where(one => invocation.Arguments[one.Index] is null && invocation.HttpContext.Request.Query[one.Name] is [{ Length: > 0 }, ..]))
                {
                    faults.Unreadable(new FieldError(name, "wrong_type"));
                }
            }
            foreach (var (index, member) in simple)
            {
                reading.Check(invocation.Arguments[index], member, member.Name, faults);
            }
            foreach (var index in bodies)
            {
                reading.CheckShape(invocation.Arguments[index], string.Empty, faults);
            }
            return faults.Refusal is { } refusal ? Refused.Because(refusal) : await next(invocation);
        };
    }

    private static bool IsShape(Type type) =>
        type is { IsClass: true, IsAbstract: false } && !typeof(Delegate).IsAssignableFrom(type)
        && type.GetMethod("BindAsync", BindingFlags.Public | BindingFlags.Static) is null
        && type.GetMethod("<Clone>$") is not null;

    private static bool IsRule(Attribute attribute) =>
        attribute is CodeOfAttribute or TextAttribute or WithinAttribute or PastAttribute or MostAttribute;

    private void CheckShape(object? shape, string pointer, Faults faults)
    {
        if (shape is null)
        {
            return;
        }
        foreach (var member in Members.GetOrAdd(shape.GetType(), Member.AllOf))
        {
            Check(member.Get(shape), member, $"{pointer}/{member.Name}", faults);
        }
    }

    private void Check(object? value, Member member, string pointer, Faults faults)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                CheckText(text, member, pointer, faults);
                return;
            case DateTimeOffset at when member.Past && at > clock.GetUtcNow():
            case DateOnly on when member.Past && on > Today():
                faults.Rule(new FieldError(pointer, "in_future"));
                return;
            case int or long or double or decimal when member.Within is { } within:
                var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (!(number >= within.Least && number <= within.Most))
                {
                    faults.Unreadable(new FieldError(pointer, "out_of_range"));
                }
                return;
            case IEnumerable items:
                CheckItems(items, member, pointer, faults);
                return;
            default:
                if (value.GetType().Assembly == typeof(Reading).Assembly && IsShape(value.GetType()))
                {
                    CheckShape(value, pointer, faults);
                }
                return;
        }
    }

    private void CheckItems(IEnumerable items, Member member, string pointer, Faults faults)
    {
        var index = 0;
        foreach (var item in items)
        {
            if (index == member.MostItems)
            {
                faults.Unreadable(new FieldError(pointer, "too_many_items"));
                return;
            }
            if (item is null)
            {
                faults.Unreadable(new FieldError($"{pointer}/{index}", "missing"));
            }
            Check(item, member, $"{pointer}/{index}", faults);
            index++;
        }
    }

    private void CheckText(string text, Member member, string pointer, Faults faults)
    {
        if (member.Code is { } code)
        {
            var allowed = Allowed(code);
            if (!allowed.Contains(text, StringComparer.Ordinal))
            {
                faults.Unreadable(new FieldError(pointer, "unknown_code", allowed));
            }
        }
        else if (text.Length > member.MostCharacters)
        {
            faults.Unreadable(new FieldError(pointer, "too_long"));
        }
        else if (!IsStorable(text))
        {
            faults.Unreadable(new FieldError(pointer, "bad_text"));
        }
    }

    private IReadOnlyList<string> Allowed(CodeOfAttribute code) =>
        code.Only.Length > 0 ? code.Only : code.Also.Length > 0 ? [.. taxonomies.Codes(code.Set), .. code.Also] : taxonomies.Codes(code.Set);

    private DateOnly Today() => Karachi.DateOf(clock.GetUtcNow());

    /// <summary>
    /// No control characters but tab and line ends, no half of a surrogate pair; and not a text of marks without width alone,
    /// which says nothing and looks like something that somebody left empty.
    /// </summary>
    private static bool IsStorable(string text)
    {
        var (isHidden, isSeen) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || (rune.Value < ' ' && rune.Value is not ('\t' or '\n' or '\r')) || rune.Value is >= 0x7F and < 0xA0)
            {
                return false;
            }
            var isMark = Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
            isHidden |= isMark;
            isSeen |= !isMark && !Rune.IsWhiteSpace(rune);
        }
        return isSeen || !isHidden;
    }

    /// <summary>400 is what cannot be read, 422 what a rule forbids; the first kind wins, for a stranger's words are not judged.</summary>
    private sealed class Faults
    {
        private readonly List<FieldError> _unreadable = [];
        private readonly List<FieldError> _rules = [];

        public Refusal? Refusal =>
            _unreadable.Count > 0 ? new Refusal(GeneralRefusals.Unreadable) { Errors = _unreadable }
            : _rules.Count > 0 ? new Refusal(GeneralRefusals.RuleBroken) { Errors = _rules }
            : null;

        public void Unreadable(FieldError error) => _unreadable.Add(error);

        public void Rule(FieldError error) => _rules.Add(error);
    }

    private sealed record Member(
        string Name, Func<object, object?> Get, CodeOfAttribute? Code, int MostCharacters, int MostItems, WithinAttribute? Within, bool Past)
    {
        private const int UsualCharacters = 200;
        private const int UsualItems = 50;

        public static Member[] AllOf(Type type)
        {
            var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters();
            return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => Of(
                    JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.PropertyType, property.GetValue,
                    property.GetCustomAttributes().Concat(constructor.FirstOrDefault(p => p.Name == property.Name)?.GetCustomAttributes() ?? [])))];
        }

        public static Member Of(string name, Type type, Func<object, object?> get, IEnumerable<Attribute> attributes)
        {
            var all = attributes.ToArray();
            return new Member(
                name, get, all.OfType<CodeOfAttribute>().FirstOrDefault(),
                all.OfType<TextAttribute>().FirstOrDefault()?.Most ?? UsualCharacters,
                all.OfType<MostAttribute>().FirstOrDefault()?.Items ?? UsualItems,
                all.OfType<WithinAttribute>().FirstOrDefault(),
                all.OfType<PastAttribute>().Any());
        }
    }
}
