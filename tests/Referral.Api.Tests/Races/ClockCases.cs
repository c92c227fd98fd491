using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>For every kind of deadline the way in which one begins.</summary>
internal static class ClockCases
{
    public static IReadOnlyDictionary<ClockKind, Func<TestApp, Task>> All { get; } = new Dictionary<ClockKind, Func<TestApp, Task>>
    {
        [ClockKind.Acknowledge] = app => GivenReferral.InAsync(app, "submitted"),
        [ClockKind.Decide] = app => GivenReferral.InAsync(app, "acknowledged"),
        [ClockKind.AnswerInfo] = app => GivenReferral.InAsync(app, "info_requested"),
        [ClockKind.Start] = app => GivenReferral.InAsync(app, "accepted"),
        [ClockKind.NoShowGrace] = app => GivenReferral.InAsync(app, "no_show"),
        [ClockKind.ReportBack] = app => GivenReferral.InAsync(app, "in_service"),
        [ClockKind.Outcome] = PlannedEndAsync,
        [ClockKind.ConfirmCancel] = app => GivenReferral.InAsync(app, "cancel_requested from accepted"),
        [ClockKind.HoldReview] = app => GivenReferral.InAsync(app, "on_hold from accepted"),
        // A provider that has seen nothing has nothing to delete.
        [ClockKind.AttestDeletion] = async app => await (await GivenReferral.InAsync(app, "in_service")).WithdrawAsync(),
        [ClockKind.BasisEnds] = app => PermittedAsync(app, "mother", $$""","validTo":"{{app.Clock.GetUtcNow().AddDays(30):yyyy-MM-ddTHH:mm:ssZ}}" """),
        [ClockKind.RenewBasis] = app => PermittedAsync(app, "mother", ""),
        [ClockKind.ActBefore] = async app => await app.As(World.Officer).PostAsync("/clocks", $$"""
            {"victimId":"{{await app.As(World.Officer).GivenVictimAsync()}}","topic":"court_hearing","dueAt":"{{app.Clock.GetUtcNow().AddDays(9):yyyy-MM-ddTHH:mm:ssZ}}"}
            """).JsonAsync(201),
        [ClockKind.Approval] = async app => await app.As(World.Officer).PostAsync($"/victims/{await app.As(World.Officer).GivenVictimAsync()}/close", """{"reason":"goals_met","criteria":[]}""").JsonAsync(201),
        [ClockKind.FollowUp] = app => GivenReferral.InAsync(app, "completed"),
        [ClockKind.MissingInTransit] = MissingAsync,
        [ClockKind.Triage] = ReportAsync,
        [ClockKind.Callback] = CallAsync,
        [ClockKind.StopRequest] = GivenVoice.StopAsync,
        [ClockKind.Transfer] = async app => await GivenTransfer.AskAsync(app, World.PoliceSupervisor, GivenTransfer.Offer(await app.As(World.Officer).GivenVictimAsync(), World.Shelter)),
        [ClockKind.PlanReview] = async app => await app.As(World.Officer).PostAsync($"/victims/{await app.As(World.Officer).GivenVictimAsync()}/records", $$"""
            {"kind":"plan","body":{"goals":[{"category":"legal_aid","text":"A lawyer","state":"going"}],"reviewOn":"{{app.Clock.GetUtcNow().AddDays(40):yyyy-MM-dd}}"} }
            """).JsonAsync(201),
        [ClockKind.BreakGlassReview] = async app => await GivenBreakGlass.OpenedAsync(app, await app.As(World.Officer).GivenVictimAsync()),
    };

    private static async Task PlannedEndAsync(TestApp app)
    {
        var referral = await GivenReferral.InAsync(app, "accepted");
        await referral.HandOverAsync(World.ShelterSupervisor);
        var now = app.Clock.GetUtcNow();
        using var arrived = await referral.ActAsync(World.ShelterSupervisor, "arrive", await referral.TagAsync(World.ShelterSupervisor), $$"""
            {"at":"{{now:yyyy-MM-ddTHH:mm:ss.fffZ}}","plannedEndAt":"{{now.AddDays(2):yyyy-MM-ddTHH:mm:ssZ}}"}
            """);
        Assert.That(arrived.IsSuccessStatusCode, await arrived.Content.ReadAsStringAsync());
    }

    /// <summary>She comes of age in two months.</summary>
    private static async Task PermittedAsync(TestApp app, string relation, string more)
    {
        var officer = app.As(World.Officer);
        var born = app.Clock.GetUtcNow().AddYears(-18).AddDays(60);
        var victim = await officer.PostAsync(
            "/victims", $$"""{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"documentedOn":"{{born:yyyy-MM-dd}}","evidence":"b_form_crc"} }""").JsonAsync(201);
        await officer.PostAsync($"/victims/{victim.GetProperty("id").GetGuid()}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"{{relation}}"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]}{{more}} }
            """).JsonAsync(201);
    }

    private static async Task MissingAsync(TestApp app)
    {
        var referral = await GivenReferral.InAsync(app, "accepted");
        var given = await app.As(World.Officer).PostAsync($"{referral.Path}/handovers", referral.HandoverBody(children: 2)).JsonAsync(201);
        await app.As(World.ShelterDesk).PostAsync($"{referral.Path}/handovers/{given.GetProperty("id").GetGuid()}/confirm", """{"children":1,"isThere":false}""").JsonAsync();
    }

    private static Task<JsonElement> ReportAsync(TestApp app) =>
        app.As(World.IntakeOperator).PostAsync("/reports", """{"channel":"helpline","urgency":"high","story":"Two girls."}""").JsonAsync(201);

    private static async Task CallAsync(TestApp app)
    {
        var report = await ReportAsync(app);
        await app.As(null).PostAsync("/public/codes/messages", $$"""{"followCode":"{{report.GetProperty("followCode").GetString()}}","kind":"call_back","text":"after six"}""").JsonAsync();
        await app.SpeakAsync();
    }
}
