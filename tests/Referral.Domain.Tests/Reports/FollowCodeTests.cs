using CsCheck;

namespace NationalReferral.Tests;

public sealed class FollowCodeTests
{
    private static readonly Gen<string> AnyCode = Gen.ULong.Select(random => FollowCode.Make(random).Text);

    [Test]
    public void What_was_made_is_read_again() =>
        AnyCode.Sample(text => FollowCode.TryParse(text, out var code) && code.Text == text);

    [Test]
    public void It_looks_like_no_case_code() => Assert.That(FollowCode.Make(12345).Text, Does.Match("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$"));

    [Test]
    public void Every_single_wrong_character_is_found() =>
        Gen.Select(AnyCode, Gen.Int[0, 11], Gen.Char[CheckedCode.Alphabet]).Sample((text, at, wrong) =>
        {
            at = text[at] == '-' ? at + 1 : at;
            return text[at] == wrong || !FollowCode.TryParse(string.Concat(text[..at], wrong, text[(at + 1)..]), out _);
        });

    [Test]
    public void It_is_read_as_people_type_it()
    {
        var code = FollowCode.Make(987_654_321_012).Text;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FollowCode.TryParse($" {code.ToLowerInvariant().Replace('-', ' ')} ", out var typed) && typed.Text == code);
            Assert.That(FollowCode.TryParse(code[..^1], out _), Is.False);
            Assert.That(FollowCode.TryParse(null, out _), Is.False);
            Assert.That(FollowCode.TryParse("کوڈ", out _), Is.False);
        }
    }

    [TestCase(false, null, false, FollowStatus.Received)]
    [TestCase(true, null, false, FollowStatus.BeingActedOn)]
    [TestCase(true, ReportOutcome.PassedOn, false, FollowStatus.Closed)]
    [TestCase(false, ReportOutcome.InformationGiven, false, FollowStatus.Closed)]
    [TestCase(true, ReportOutcome.CaseOpened, true, FollowStatus.BeingActedOn)]
    [TestCase(true, ReportOutcome.LinkedToCase, false, FollowStatus.Closed)]
    public void It_answers_in_three_words(bool isTaken, ReportOutcome? outcome, bool isCaseOpen, FollowStatus status) =>
        Assert.That(FollowRules.StatusOf(isTaken, outcome, isCaseOpen), Is.EqualTo(status));
}
