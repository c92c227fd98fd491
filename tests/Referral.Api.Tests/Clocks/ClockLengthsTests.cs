using System.Text.Json;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>How long deadlines run is data, and one that runs keeps what it was given.</summary>
public sealed class ClockLengthsTests
{
    private const string Country = "/clock-lengths";

    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task What_runs_keeps_its_time_and_its_stages_and_what_begins_later_has_the_new_ones()
    {
        var before = await GivenReferral.InAsync(_app, "submitted");
        var due = await DueAsync(before);
        await SetAsync(Of(World.Shelter), Row("acknowledge", "1h", "6h", "3d", "7d"));
        var after = await GivenReferral.InAsync(_app, "submitted");
        await before.DoAsync("hold", bySender: true);
        var resumed = await before.DoAsync("resume", bySender: true);
        await _app.PassAsync(TimeSpan.FromHours(5));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(due - _app.Clock.GetUtcNow(), Is.EqualTo(TimeSpan.FromHours(24 - 5)).Within(TimeSpan.FromMinutes(10)));
            Assert.That(DueOf(resumed), Is.EqualTo(due).Within(TimeSpan.FromMinutes(2)), "A pause gives back what was left of its own time.");
            Assert.That(await DueAsync(after) - _app.Clock.GetUtcNow(), Is.EqualTo(TimeSpan.FromHours(6 - 5)).Within(TimeSpan.FromMinutes(10)));
            Assert.That(await StageAsync(before), Is.EqualTo("none"));
            Assert.That(await StageAsync(after), Is.EqualTo("escalated"), "Three quarters of six hours are over, and a fifth of twenty-four.");
        }
    }

    [Test]
    public async Task A_day_off_moves_what_runs_by_that_day_and_by_nothing_else()
    {
        // Tuesday, 24 November 2026, 11:00 in Karachi: three working days end on Friday at 11:00.
        var referral = await GivenReferral.InAsync(_app, "submitted", "medium");
        var due = await DueAsync(referral);
        await SetAsync(Of(World.Shelter), Row("acknowledge", "1h", "2h", "1d", "2d"));
        using var day = await _app.As(World.SystemAdmin).ReadAsync("/holidays/2026-11-25");
        await _app.As(World.SystemAdmin).PutAsync("/holidays/2026-11-25", """{"items":[{"nameEn":"A day off","nameUr":"چھٹی","kind":"special"}]}""", day.TagOf()).JsonAsync();
        await _app.SpeakAsync();

        // The weekend is in between.
        Assert.That(await DueAsync(referral), Is.EqualTo(due.AddDays(3)).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task A_category_goes_before_all_and_the_nearer_before_the_country()
    {
        var referral = await GivenReferral.DraftAsync(_app);
        var said = new List<double> { await RespondAsync(referral) };
        foreach (var (path, row) in new[]
        {
            (Country, Row("acknowledge", "1h", "20h", "3d", "7d")),
            (Of(World.Shelter), Row("acknowledge", "1h", "18h", "3d", "7d")),
            (Of(World.Hospital), Row("acknowledge", "1h", "2h", "3d", "7d")),
            (Country, $"{Row("acknowledge", "1h", "20h", "3d", "7d")},{Row("acknowledge", "1h", "16h", "3d", "7d", "safe_shelter")}"),
            (Country, $"{Row("acknowledge", "1h", "20h", "3d", "7d")},{Row("acknowledge", "1h", "16h", "3d", "7d", "safe_shelter")},{Row("acknowledge", "1h", "3h", "3d", "7d", "medical_care")}"),
            (Of(World.Shelter), $"{Row("acknowledge", "1h", "18h", "3d", "7d")},{Row("acknowledge", "1h", "14h", "3d", "7d", "safe_shelter")}"),
            (Of(World.Shelter), ""),
            (Country, ""),
        })
        {
            await SetAsync(path, row);
            said.Add(await RespondAsync(referral));
        }

        Assert.That(said, Is.EqualTo(new double[] { 24, 20, 18, 18, 16, 16, 14, 16, 24 }));
    }

    [Test]
    public async Task What_is_set_for_an_agency_is_for_its_units_until_they_have_their_own()
    {
        await SetAsync(Of(World.Police), Row("answer_info", "1h", "10h", "2d", "5d"));
        var above = await GivenReferral.InAsync(_app, "info_requested");
        await SetAsync(Of(World.PoliceKasur), Row("answer_info", "1h", "8h", "2d", "5d"));
        var own = await GivenReferral.InAsync(_app, "info_requested");
        var applies = await _app.As(World.Officer).ReadAsync(Of(World.PoliceKasur)).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await DueAsync(above) - _app.Clock.GetUtcNow(), Is.EqualTo(TimeSpan.FromHours(10)).Within(TimeSpan.FromMinutes(10)));
            Assert.That(await DueAsync(own) - _app.Clock.GetUtcNow(), Is.EqualTo(TimeSpan.FromHours(8)).Within(TimeSpan.FromMinutes(10)));
            Assert.That(applies.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
            Assert.That(applies.GetProperty("applies").GetArrayLength(), Is.EqualTo(ClockRules.All.Count));
            Assert.That(Applies(applies, "answer_info"), Is.EqualTo(8));
            Assert.That(Applies(applies, "acknowledge"), Is.EqualTo(24));
        }
    }

    [Test]
    public async Task A_hold_is_looked_at_again_as_soon_as_was_set()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted", "emergency");
        await SetAsync(Of(World.PoliceKasur), Row("hold_review", "12h", "7d", "30d", "60d"));

        using var tooLong = await referral.ActAsync(World.PoliceSupervisor, "hold", await referral.TagAsync(World.PoliceSupervisor));
        await SetAsync(Of(World.PoliceKasur), "");

        Assert.That((int)tooLong.StatusCode, Is.EqualTo(422));
        Assert.That((await referral.DoAsync("hold", bySender: true)).GetProperty("state").GetString(), Is.EqualTo("on_hold"));
    }

    [Test]
    public async Task Who_governs_the_country_sets_it_and_every_row_is_written_down_once()
    {
        var path = Of(World.Shelter);
        var row = Row("decide", "2h", "24h", "3d", "7d");
        using var unset = await _app.As(World.ShelterDesk).ReadAsync(path);
        using var ownAdmin = await _app.As(World.ShelterAdmin).PutAsync(path, Body(row), unset.TagOf());
        using var blind = await _app.As(World.SystemAdmin).PutAsync(path, Body(row));
        using var nowhere = await _app.As(World.SystemAdmin).PutAsync(Of(Guid.CreateVersion7()), Body(row), unset.TagOf());
        await SetAsync(path, row);
        using var stale = await _app.As(World.SystemAdmin).PutAsync(path, Body(row), unset.TagOf());
        await SetAsync(path, row);
        await SetAsync(path, $"{row},{Row("start", "6h", "24h", "5d", "9d")}");
        var wrong = await TryAsync(path, $"{Row("decide", "9h", "24h", "3d", "7d")},{Row("decide", "2h", "1h", "3d", "7d")},{Row("follow_up", "1h", "1h", "1h", "1h")},{Row("triage", "1h", "4h", "24h", "3d", "safe_shelter")}");
        await SetAsync(path, "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)ownAdmin.StatusCode, (int)blind.StatusCode, (int)nowhere.StatusCode, (int)stale.StatusCode), Is.EqualTo((403, 428, 404, 412)));
            Assert.That(wrong, Is.EqualTo(new[] { "/items/0/emergency too_long", "/items/1/kind named_twice", "/items/1/high sooner_than_more_urgent", "/items/2/kind has_date", "/items/3/category not_taken" }));
            Assert.That(await JournalAsync(), Is.EquivalentTo(new[] { "length.set decide", "length.set start", "length.removed decide", "length.removed start" }));
        }
    }

    [Test]
    public async Task Deadlines_that_ran_before_lengths_were_data_have_what_the_product_gave_them()
    {
        var script = Migrations.Scripts().Single(one => one.Name.StartsWith("0023_", StringComparison.Ordinal)).Contents;
        var update = script[script.IndexOf("UPDATE clocks", StringComparison.Ordinal)..].TrimEnd().TrimEnd(';');
        var wrong = new List<string>();
        await GivenReferral.ChangeAsync(_app, async work =>
        {
            // Emergency accesses are answered for, and survivors ask that it stops, since lengths are data: none ran before.
            foreach (var rule in ClockRules.All.Where(rule => !ClockRules.IsDated(rule.Kind) && rule.Kind is not (ClockKind.BreakGlassReview or ClockKind.StopRequest)))
            {
                foreach (var urgency in Enum.GetValues<Urgency>())
                {
                    var id = Guid.CreateVersion7();
                    await work.ExecuteAsync(
                        """
                        INSERT INTO clocks (id, kind, subject_kind, subject_id, agency_id, urgency, started_at, due_at, state, stage, spent_minutes, pauses, calendar, version)
                        VALUES (@id, @kind, 'referral', @id, @id, @urgency, @at, @at, 'paused', 'none', 0, 0, 'always', 1)
                        """,
                        new { id, kind = rule.Kind, urgency, at = work.Now }, CancellationToken.None);
                    await work.ExecuteAsync(update, null, CancellationToken.None);
                    if (await work.ScalarAsync<string>("SELECT c.length FROM clocks c WHERE c.id = @id", new { id }, CancellationToken.None) is var length && length != rule.For(urgency).Code)
                    {
                        wrong.Add($"{rule.Kind} {urgency}: {length}");
                    }
                }
            }
            return 0;
        });

        Assert.That(wrong, Is.Empty);
    }

    private static string Of(Guid agency) => $"/agencies/{agency}/clock-lengths";

    private static string Row(string kind, string emergency, string high, string medium, string low, string? category = null) => $$"""
        {"kind":"{{kind}}","emergency":{{Span(emergency)}},"high":{{Span(high)}},"medium":{{Span(medium)}},"low":{{Span(low)}}{{(category is null ? "" : $",\"category\":\"{category}\"")}}}
        """;

    private static string Span(string code) => $$"""{"amount":{{code[..^1]}},"unit":"{{(code[^1] == 'd' ? "days" : "hours")}}"}""";

    private static string Body(string rows) => $$"""{"items":[{{rows}}]}""";

    private async Task SetAsync(string path, string rows)
    {
        using var read = await _app.As(World.SystemAdmin).ReadAsync(path);
        await _app.As(World.SystemAdmin).PutAsync(path, Body(rows), read.TagOf()).JsonAsync();
    }

    private async Task<string[]> TryAsync(string path, string rows)
    {
        using var read = await _app.As(World.SystemAdmin).ReadAsync(path);
        var problem = await _app.As(World.SystemAdmin).PutAsync(path, Body(rows), read.TagOf()).JsonAsync(422);
        return [.. problem.GetProperty("errors").EnumerateArray().Select(one => $"{one.GetProperty("pointer").GetString()} {one.GetProperty("code").GetString()}")];
    }

    private Task<IReadOnlyList<string>> JournalAsync() => GivenReferral.ReadAsync(_app, async work => (IReadOnlyList<string>)
    [
        .. (await work.ListAsync<string>("SELECT concat(j.action, ' ', j.facts) FROM journal j WHERE j.action LIKE 'length.%' ORDER BY j.at, j.id", null, CancellationToken.None))
            .Select(line => $"{line.Split(' ')[0]} {(line.Contains("decide", StringComparison.Ordinal) ? "decide" : "start")}"),
    ]);

    /// <summary>Hours until the provider has to say that it has seen it, if it is sent now.</summary>
    private async Task<double> RespondAsync(GivenReferral referral)
    {
        var preview = await _app.As(World.Officer).ReadAsync($"{referral.Path}/preview").JsonAsync();
        return Math.Round((preview.GetProperty("respondBy").GetProperty("acknowledge").GetDateTimeOffset() - _app.Clock.GetUtcNow()).TotalHours);
    }

    private async Task<DateTimeOffset> DueAsync(GivenReferral referral) => DueOf(await ViewAsync(referral));

    private async Task<string?> StageAsync(GivenReferral referral) => (await ViewAsync(referral)).GetProperty("clock").GetProperty("stage").GetString();

    private Task<JsonElement> ViewAsync(GivenReferral referral) => _app.As(World.Officer).ReadAsync(referral.Path).JsonAsync();

    private static DateTimeOffset DueOf(JsonElement view) => view.GetProperty("clock").GetProperty("dueAt").GetDateTimeOffset();

    private static int Applies(JsonElement lengths, string kind) => lengths.GetProperty("applies").EnumerateArray()
        .Single(row => row.GetProperty("kind").GetString() == kind).GetProperty("high").GetProperty("amount").GetInt32();
}
