namespace NationalReferral.Tests;

public sealed class ReportRulesTests
{
    private static readonly Concerned AnAgency = new(Guid.NewGuid(), null);
    private static readonly Concerned AWorker = new(null, Guid.NewGuid());

    [TestCase(true, false, false, true, "/reporter/phone")]
    [TestCase(true, true, false, true, "")]
    [TestCase(true, true, true, false, "/reporter/name")]
    [TestCase(true, false, false, false, "")]
    [TestCase(false, false, true, true, "")]
    public void Of_a_caller_who_stays_unknown_no_name_is_kept_and_a_number_only_by_their_word(
        bool isAnonymous, bool agrees, bool hasName, bool hasPhone, string pointers)
    {
        var errors = ReportRules.Check(ReportKind.Intake, null, new Telling(isAnonymous, agrees, hasName, hasPhone), default);

        Assert.That(string.Join(' ', errors.Select(error => error.Pointer)), Is.EqualTo(pointers));
    }

    [Test]
    public void Of_a_call_that_was_nothing_the_caller_is_not_kept([Values(ReportOutcome.Junk, ReportOutcome.WrongNumber)] ReportOutcome outcome)
    {
        var errors = ReportRules.Check(ReportKind.Intake, outcome, new Telling(false, true, false, true), default);

        Assert.That(errors.Select(error => error.Pointer), Is.EqualTo(new[] { "/reporter" }));
    }

    [Test]
    public void A_complaint_says_whom_it_is_about_and_an_intake_at_most_whose_household()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pointers(ReportKind.Complaint, default), Is.EqualTo(new[] { "/aboutAgencyId" }));
            Assert.That(Pointers(ReportKind.Complaint, AnAgency), Is.Empty);
            Assert.That(Pointers(ReportKind.Complaint, AWorker), Is.Empty);
            Assert.That(Pointers(ReportKind.Intake, AWorker), Is.Empty);
            Assert.That(Pointers(ReportKind.Intake, AnAgency), Is.EqualTo(new[] { "/aboutAgencyId" }));
            Assert.That(Pointers(ReportKind.Feedback, AWorker), Is.EqualTo(new[] { "/aboutWorkerId" }));
        }
    }

    [Test]
    public void That_it_led_to_a_case_is_said_by_linking_and_never_unsaid([Values(ReportOutcome.CaseOpened, ReportOutcome.LinkedToCase)] ReportOutcome led)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReportRules.SortFault(null, led), Is.Not.Null);
            Assert.That(ReportRules.SortFault(led, led), Is.Null);
            Assert.That(ReportRules.IsSettled(led, null));
            Assert.That(ReportRules.IsSettled(led, ReportOutcome.Junk));
            Assert.That(ReportRules.IsSettled(led, led), Is.False);
            Assert.That(ReportRules.IsSettled(ReportOutcome.Junk, null), Is.False, "a call sorted too fast can be opened again");
        }
    }

    private static string[] Pointers(ReportKind kind, Concerned about) => [.. ReportRules.Check(kind, null, null, about).Select(error => error.Pointer)];
}
