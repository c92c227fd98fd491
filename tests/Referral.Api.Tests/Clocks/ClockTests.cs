using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Deadlines under a clock that only the test moves.</summary>
public sealed class ClockTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task An_emergency_reminds_escalates_and_expires_once_with_three_instances()
    {
        await using var two = _app.Another(("Roles", "api"));
        await using var three = _app.Another(("Roles", "api"));
        var referral = await GivenReferral.InAsync(_app, "submitted", "emergency");

        _app.Clock.Advance(TimeSpan.FromMinutes(30));
        await RunAsync(_app, two, three);
        var atHalf = await StagesAsync(World.ShelterDesk, referral);
        _app.Clock.Advance(TimeSpan.FromMinutes(15));
        await RunAsync(_app, two, three);
        var above = await StagesAsync(World.PoliceSupervisor, referral);
        var before = await _app.As(World.PoliceSupervisor).ReadAsync(referral.Path).JsonAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(15));
        await RunAsync(_app, two, three);

        var after = await _app.As(World.PoliceSupervisor).ReadAsync(referral.Path).JsonAsync();
        using var gone = await _app.As(World.ShelterDesk).ReadAsync(referral.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(atHalf, Is.EqualTo(new[] { "none", "reminded" }));
            Assert.That(above, Is.EqualTo(new[] { "escalated" }));
            Assert.That(before.GetProperty("clock").GetProperty("stage").GetString(), Is.EqualTo("escalated"));
            Assert.That(after.GetProperty("state").GetString(), Is.EqualTo("expired"));
            Assert.That((int)gone.StatusCode, Is.EqualTo(404));
            Assert.That(await CountAsync("SELECT count(*) FROM notifications q WHERE q.stage = 'reminded'"), Is.EqualTo(2), "desk and supervisor of the shelter");
            Assert.That(await CountAsync("SELECT count(*) FROM journal j WHERE j.action = 'referral.expired'"), Is.EqualTo(1));
            Assert.That(await CountAsync("SELECT count(*) FROM clocks c WHERE c.next_at IS NOT NULL"), Is.Zero);
        }
    }

    [Test]
    public async Task After_an_outage_every_stage_is_made_up_for_in_order()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted", "emergency");

        _app.Clock.Advance(TimeSpan.FromHours(9));
        await RunAsync(_app);

        var view = await _app.As(World.Officer).ReadAsync(referral.Path).JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.GetProperty("state").GetString(), Is.EqualTo("expired"));
            Assert.That(await StagesAsync(World.ShelterDesk, referral), Is.SupersetOf(new[] { "reminded", "escalated" }));
            Assert.That(await CountAsync("SELECT count(*) FROM notifications q WHERE q.stage = 'missed'"), Is.Zero, "The end is told as the end.");
            foreach (var told in new[] { World.Officer, World.PoliceSupervisor, World.ShelterDesk, World.ShelterSupervisor })
            {
                var page = await _app.As(told).ReadAsync("/notifications").JsonAsync();
                Assert.That(page.GetProperty("items").EnumerateArray().Count(one => one.GetProperty("kind").GetString() == "referral.expired"), Is.EqualTo(1), told.Key);
            }
        }
    }

    [Test]
    public async Task A_medium_referral_waits_for_the_working_hours_of_the_provider()
    {
        // Tuesday, 24 November 2026, 11:00 in Karachi: three working days end on Friday at 11:00.
        var referral = await GivenReferral.InAsync(_app, "submitted", "medium");

        var view = await _app.As(World.ShelterDesk).ReadAsync(referral.Path).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.GetProperty("clock").GetProperty("kind").GetString(), Is.EqualTo("acknowledge"));
            Assert.That(view.GetProperty("clock").GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2026, 11, 27, 6, 0, 0, TimeSpan.Zero)).Within(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task A_question_stops_the_decision_until_it_is_answered_or_was_not_answered_in_time()
    {
        var answered = await GivenReferral.InAsync(_app, "info_requested", "emergency");
        var asked = await _app.As(World.ShelterDesk).ReadAsync(answered.Path).JsonAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(30));
        var runsOn = await answered.DoAsync("answer_info", bySender: true);

        var silent = await GivenReferral.InAsync(_app, "info_requested", "emergency");
        _app.Clock.Advance(TimeSpan.FromMinutes(61));
        await RunAsync(_app);
        var decided = await _app.As(World.ShelterDesk).ReadAsync(silent.Path).JsonAsync();
        _app.Clock.Advance(TimeSpan.FromHours(4));
        await RunAsync(_app);
        var expired = await _app.As(World.Officer).ReadAsync(silent.Path).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kind(asked), Is.EqualTo("answer_info"));
            Assert.That(Kind(runsOn), Is.EqualTo("decide"));
            Assert.That(Kind(decided), Is.EqualTo("decide"));
            Assert.That(decided.GetProperty("state").GetString(), Is.EqualTo("info_requested"));
            Assert.That(expired.GetProperty("state").GetString(), Is.EqualTo("expired"));
        }
    }

    [Test]
    public async Task An_answer_in_time_stops_the_clocks_that_waited_for_it()
    {
        await GivenReferral.InAsync(_app, "accepted", "emergency");
        var told = await CountAsync("SELECT count(*) FROM notifications q");

        _app.Clock.Advance(TimeSpan.FromHours(5));
        var spoke = await RunAsync(_app);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(spoke, Is.Zero);
            Assert.That(await CountAsync("SELECT count(*) FROM notifications q"), Is.EqualTo(told));
        }
    }

    [Test]
    public async Task A_notification_is_the_workers_own_and_is_read_once()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");
        var desk = _app.As(World.ShelterDesk);
        var waiting = await desk.ReadAsync("/notifications?unread=true").JsonAsync();
        var id = waiting.GetProperty("items")[0].GetProperty("id").GetGuid();

        using var foreign = await _app.As(World.HospitalDesk).PostAsync($"/notifications/{id}/read", "{}");
        var read = await desk.PostAsync($"/notifications/{id}/read", "{}").JsonAsync();
        var left = await desk.ReadAsync("/notifications?unread=true").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting.GetProperty("items")[0].GetProperty("subjectId").GetGuid(), Is.EqualTo(referral.Id));
            Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
            Assert.That(read.GetProperty("readAt").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(left.GetProperty("items").GetArrayLength(), Is.Zero);
        }
    }

    private static async Task<int> RunAsync(params TestApp[] apps) => (await Task.WhenAll(apps.Select(app => Task.Run(app.SpeakAsync)))).Sum();

    private async Task<string?[]> StagesAsync(Persona persona, GivenReferral referral) =>
    [
        .. (await _app.ToldAsync(persona))
            .Where(item => item.GetProperty("subjectId").GetGuid() == referral.Id)
            .Select(item => item.GetProperty("stage").GetString()).Distinct().Order(StringComparer.Ordinal),
    ];

    private static string? Kind(JsonElement referral) => referral.GetProperty("clock").GetProperty("kind").GetString();

    private Task<int> CountAsync(string sql) => GivenReferral.ReadAsync(_app, work => work.ScalarAsync<int>(sql, null, CancellationToken.None));
}
