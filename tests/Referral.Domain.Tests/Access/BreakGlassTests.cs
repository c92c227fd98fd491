namespace NationalReferral.Tests;

/// <summary>Who may answer for an emergency access and who may end it: every answer and person.</summary>
public sealed class BreakGlassTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
    private static readonly Guid Opener = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Test]
    public void Another_person_who_may_answers_once_and_says_a_line_unless_it_was_right(
        [Values] bool isAnswered, [Values] BreakGlassAnswer answer, [Values] bool own, [Values] bool reviews, [Values] bool hasLine)
    {
        var by = own ? Opener : Other;
        var access = Open() with { Answer = isAnswered ? BreakGlassAnswer.Justified : null };

        var refusal = access.Attempt(answer, by, reviews, hasLine, Now, out var after);

        var expected = isAnswered ? "break_glass_reviewed"
            : own ? "own_break_glass"
            : !reviews ? "other_party_acts"
            : answer != BreakGlassAnswer.Justified && !hasLine ? "needs_missing"
            : null;
        Assert.That(refusal?.Kind.Code, Is.EqualTo(expected));
        Assert.That(access.MayReview(by, reviews), Is.EqualTo(expected is null or "needs_missing"));
        Assert.That(after, expected is null
            ? Is.EqualTo(access with { Answer = answer, ReviewedBy = by, ReviewedAt = Now, UntilAt = answer == BreakGlassAnswer.NotJustified ? Now : access.UntilAt, Version = 2 })
            : Is.SameAs(access));
    }

    [Test]
    public void What_was_over_is_not_longer_open_for_being_wrong()
    {
        var access = Open() with { UntilAt = Now.AddHours(-1) };

        access.Attempt(BreakGlassAnswer.NotJustified, Other, true, true, Now, out var after);

        Assert.That(after.UntilAt, Is.EqualTo(access.UntilAt));
    }

    [Test]
    public void Whoever_opened_it_or_answers_for_it_ends_it([Values] bool isOver, [Values] bool own, [Values] bool reviews)
    {
        var by = own ? Opener : Other;
        var access = Open() with { UntilAt = isOver ? Now : Now.AddMinutes(1) };

        var refusal = access.AttemptEnd(by, reviews, Now, out var after);

        Assert.That(refusal?.Kind.Code, Is.EqualTo(own || reviews ? null : "other_party_acts"));
        Assert.That(access.MayEnd(by, reviews, Now), Is.EqualTo(refusal is null && !isOver));
        Assert.That(after, refusal is null && !isOver ? Is.EqualTo(access with { UntilAt = Now, Version = 2 }) : Is.SameAs(access));
    }

    [Test]
    public void Its_answers_are_those_of_the_taxonomy()
    {
        using var taxonomies = Repository.Json("api/Referral.Api/Reference/taxonomies.json");

        var codes = taxonomies.RootElement.GetProperty("sets").GetProperty("break_glass_answer").GetProperty("codes").EnumerateArray().Select(code => code.GetProperty("code").GetString());

        Assert.That(Codes.All<BreakGlassAnswer>(), Is.EqualTo(codes));
    }

    private static BreakGlass Open() => new() { Id = Guid.CreateVersion7(), WorkerId = Opener, UntilAt = Now + BreakGlass.Length };
}
