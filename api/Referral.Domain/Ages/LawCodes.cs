namespace NationalReferral;

/// <summary>How a rule came to hold (taxonomy <c>law_rule_kind</c>).</summary>
public enum LawRuleKind
{
    Statute,

    /// <summary>By the head of a province or of state, without a parliament: it lapses unless an act follows (Constitution of Pakistan, articles 89 and 128).</summary>
    Ordinance,

    /// <summary>What the constitution itself says, below which no law may go.</summary>
    ConstitutionalFloor,

    /// <summary>Of the federation, where the province has made none of its own.</summary>
    Fallback,

    /// <summary>Of the federation, taken over by a territory that it does not bind by itself.</summary>
    Adopted,

    /// <summary>No text was found: the standard of a treaty stands in.</summary>
    Assumed,

    /// <summary>A treaty or its committee, to compare with: it binds the state, no court of a district.</summary>
    Benchmark,
}

/// <summary>How exactly a date is known.</summary>
public enum DatePrecision
{
    Day,
    Month,
    Year,
}

/// <summary>How sure the source of a rule is.</summary>
public enum LawConfidence
{
    Low,
    Medium,
    High,
}

/// <summary>Where an instrument stands (taxonomy <c>law_status</c>).</summary>
public enum LawStatus
{
    InForce,

    /// <summary>An ordinance whose time may be over: whether an act followed has to be looked up.</summary>
    InForceCheckLapse,
    Superseded,
    Repealed,
    Bill,
}

/// <summary>How far a rule can be relied on, on one day in one place (taxonomy <c>law_answer_status</c>). The worst that is true is said.</summary>
public enum LawAnswerStatus
{
    InForce,

    /// <summary>In force by an ordinance that lapses.</summary>
    Ordinance,

    /// <summary>The day lies in the month or year in which the rule began, and on which day it began is not known.</summary>
    DateUncertain,

    /// <summary>Whether it reaches this territory is not settled.</summary>
    ReachUncertain,

    /// <summary>Somebody should have looked at it again by now, and nobody has.</summary>
    Unverified,

    /// <summary>No rule is known.</summary>
    NoRule,
}

/// <summary>Under the limit of a rule or not (taxonomy <c>age_answer</c>).</summary>
public enum AgeAnswer
{
    Yes,
    No,

    /// <summary>She may be: her age is a range, unknown or disputed.</summary>
    MayBe,

    /// <summary>There is no rule to ask.</summary>
    NoRule,
}

/// <summary>Which place a row of the answer is about.</summary>
public enum AgePlace
{
    Home,
    Present,
    Act,
}

/// <summary>Why the one protective answer is what it is (taxonomy <c>protective_reason</c>).</summary>
public enum ProtectiveReason
{
    Under18,
    MayBeUnder18,
    NotKnown,
    Disputed,
    Adult,
}
