using System.Collections.Frozen;

namespace NationalReferral;

/// <summary>The law as it was known at one time: numbered, approved by a second person, never edited.</summary>
public sealed class LawRelease
{
    public const string Federation = "PK";
    public const string Treaties = "INT";

    /// <summary>Federal statutes need extension or adoption there (Reference/sources.md).</summary>
    private static readonly FrozenSet<string> ReachedByAdoption = ["PK-GB", "PK-JK"];

    private readonly FrozenDictionary<string, LawInstrument> _instruments;
    private readonly ILookup<(string Jurisdiction, string Purpose), AgeRule> _rules;

    /// <param name="number">From 1.</param>
    /// <exception cref="ArgumentException">A rule names an instrument that the release does not hold.</exception>
    public LawRelease(int number, IReadOnlyList<LawInstrument> instruments, IReadOnlyList<AgeRule> rules)
    {
        Number = number;
        Rules = rules;
        Instruments = instruments;
        _instruments = instruments.ToFrozenDictionary(one => one.Id);
        _rules = rules.ToLookup(rule => (rule.Jurisdiction, rule.Purpose));
        if (rules.FirstOrDefault(rule => !_instruments.ContainsKey(rule.InstrumentId)) is { } astray)
        {
            throw new ArgumentException($"{astray.Id} names {astray.InstrumentId}, which is not there.", nameof(rules));
        }
        Purposes = [.. rules.Where(rule => rule.Jurisdiction != Treaties).Select(rule => rule.Purpose).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Before the first release there was nothing.</summary>
    public static LawRelease None { get; } = new(0, [], []);

    public int Number { get; }

    public IReadOnlyList<AgeRule> Rules { get; }

    public IReadOnlyList<LawInstrument> Instruments { get; }

    /// <summary>All that some law here draws an age for.</summary>
    public IReadOnlyList<string> Purposes { get; }

    public LawInstrument Instrument(AgeRule rule) => _instruments[rule.InstrumentId];

    /// <summary>What a treaty says of the same purpose, to compare with.</summary>
    public AgeRule? Benchmark(string purpose, DateOnly day) => _rules[(Treaties, purpose)].FirstOrDefault(rule => rule.HoldsOn(day));

    /// <summary>
    /// The rule for a purpose in a province on a day: its own before that of the federation. Where several may hold (on which day
    /// one began is not known, an ordinance may have lapsed, or her sex is not known), the one that protects longest.
    /// </summary>
    /// <param name="province">ISO 3166-2.</param>
    /// <param name="sex">Null while nobody knows.</param>
    public LawAnswer Find(string purpose, string province, DateOnly day, string? sex)
    {
        var own = Holding(province, purpose, day, sex);
        var isOwn = own.Count > 0;
        var candidates = isOwn ? own : Holding(Federation, purpose, day, sex);
        if (candidates.Count == 0)
        {
            return new(null, LawAnswerStatus.NoRule);
        }
        var rule = candidates.MaxBy(one => one.Limit)!;
        return new(rule, StatusOf(candidates, day, isDoubtful: !isOwn && ReachedByAdoption.Contains(province)));
    }

    /// <summary>Those that hold on the day, and what stood before where one of them may not have begun, or may be over.</summary>
    private List<AgeRule> Holding(string jurisdiction, string purpose, DateOnly day, string? sex)
    {
        var all = _rules[(jurisdiction, purpose)].Where(rule => rule.Concerns(sex)).ToList();
        var holding = all.FindAll(rule => rule.HoldsOn(day));
        var before = holding.Where(rule => rule.MayHoldOn(day) || IsPast(rule, day)).SelectMany(rule => all.Where(old => old.To == rule.From)).ToList();
        return [.. holding, .. before];
    }

    private static LawAnswerStatus StatusOf(List<AgeRule> candidates, DateOnly day, bool isDoubtful) =>
        candidates.Exists(rule => IsPast(rule, day)) ? LawAnswerStatus.Unverified
        : isDoubtful || candidates.Exists(rule => rule.Kind is LawRuleKind.Adopted or LawRuleKind.Assumed) ? LawAnswerStatus.ReachUncertain
        : candidates.Exists(rule => rule.MayHoldOn(day)) ? LawAnswerStatus.DateUncertain
        : candidates.Exists(rule => rule.Kind == LawRuleKind.Ordinance) ? LawAnswerStatus.Ordinance
        : LawAnswerStatus.InForce;

    private static bool IsPast(AgeRule rule, DateOnly day) => rule.VerifyBy is { } by && day > by;
}

/// <param name="Rule">Null: none is known.</param>
public readonly record struct LawAnswer(AgeRule? Rule, LawAnswerStatus Status);
