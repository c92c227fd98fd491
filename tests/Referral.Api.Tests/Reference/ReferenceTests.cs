using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class ReferenceTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("/provinces", 7)]
    [TestCase("/districts", 160)]
    [TestCase("/districts?province=PK-PB", 36)]
    [TestCase("/helplines", 30)]
    [TestCase("/helplines?province=PK-SD", 5)]
    [TestCase("/taxonomies", 60)]
    public async Task What_names_nobody_is_open_to_the_public(string path, int atLeast)
    {
        var list = await _app.As(null).ReadAsync(path).JsonAsync();

        Assert.That(list.GetProperty("items").GetArrayLength(), Is.AtLeast(atLeast));
    }

    [Test]
    public async Task A_cache_may_keep_it_and_asks_by_its_tag()
    {
        using var first = await _app.As(null).ReadAsync("/taxonomies/urgency");
        var again = _app.As(null);
        again.DefaultRequestHeaders.Add("If-None-Match", first.TagOf());
        using var second = await again.ReadAsync("/taxonomies/urgency");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Headers.CacheControl!.Public, Is.True);
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        }
    }

    [TestCase("/districts?province=PK-XX", 400)]
    [TestCase("/helplines?province=Punjab", 400)]
    [TestCase("/taxonomies/no_such_list", 404)]
    public async Task What_is_not_there_is_said_so(string path, int status)
    {
        using var answer = await _app.As(null).ReadAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task What_everybody_may_read_is_compressed_and_nothing_else_is()
    {
        var officer = _app.As(World.Officer);
        officer.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        using var published = await officer.ReadAsync("/districts");
        using var own = await officer.ReadAsync("/me");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }));
            Assert.That(own.IsSuccessStatusCode);
            Assert.That(own.Content.Headers.ContentEncoding, Is.Empty);
        }
    }

    [Test]
    public async Task A_code_list_has_English_and_Urdu()
    {
        var list = await _app.As(null).ReadAsync("/taxonomies/service_category").JsonAsync();

        foreach (var code in list.GetProperty("codes").EnumerateArray())
        {
            Assert.That(code.GetProperty("labels").GetProperty("en").GetString(), Is.Not.Empty);
            Assert.That(code.GetProperty("labels").GetProperty("ur").GetString(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task Public_bodies_are_in_the_directory_without_an_account()
    {
        var page = await _app.As(World.Officer).ReadAsync("/agencies?kind=federal_investigation&hasAccount=false&limit=100").JsonAsync();

        var items = page.GetProperty("items").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(items, Has.Count.EqualTo(14));
            Assert.That(items.Select(item => item.GetProperty("nameUr").GetString()), Is.All.Not.Empty);
            Assert.That(items[0].GetProperty("id").GetGuid().Version, Is.EqualTo(8));
        }
    }

    [Test]
    public async Task A_second_start_loads_nothing()
    {
        static Task<long> Versions(Work work) => work.ScalarAsync<long>("SELECT sum(version) FROM agencies", null, CancellationToken.None);
        var database = _app.Services.GetRequiredService<Database>();
        var before = await database.ReadAsync(Caller.System, Versions, CancellationToken.None);

        await ReferenceData.LoadAsync(database, CancellationToken.None);

        Assert.That(await database.ReadAsync(Caller.System, Versions, CancellationToken.None), Is.EqualTo(before));
    }

    [Test]
    public async Task A_day_is_set_by_the_system_administrator_who_read_it()
    {
        var admin = _app.As(World.SystemAdmin);
        using var before = await admin.ReadAsync("/holidays/2027-05-04");
        const string Body = """{"items":[{"nameEn":"Flood relief day","nameUr":"سیلاب امداد کا دن","province":"PK-SD"}]}""";

        var set = await admin.PutAsync("/holidays/2027-05-04", Body, before.TagOf()).JsonAsync();
        using var stale = await admin.PutAsync("/holidays/2027-05-04", Body, before.TagOf());
        using var officer = await _app.As(World.Officer).PutAsync("/holidays/2027-05-04", Body, before.TagOf());
        using var after = await admin.ReadAsync("/holidays/2027-05-04");
        var cleared = await admin.PutAsync("/holidays/2027-05-04", """{"items":[]}""", after.TagOf()).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.GetProperty("items")[0].GetProperty("province").GetString(), Is.EqualTo("PK-SD"));
            Assert.That((int)stale.StatusCode, Is.EqualTo(412));
            Assert.That((int)officer.StatusCode, Is.EqualTo(403));
            Assert.That(cleared.GetProperty("items").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task A_working_calendar_learns_the_days_of_its_province()
    {
        var days = await _app.Services.GetRequiredService<Database>().ReadAsync(
            Caller.System, work => Holidays.DaysAsync(work, "PK-SD", new DateOnly(2026, 3, 23), new DateOnly(2026, 3, 23), CancellationToken.None), CancellationToken.None);

        Assert.That(days, Is.EqualTo(new[] { new DateOnly(2026, 3, 23) }));
    }

    [TestCase("/holidays?from=31-12-2026")]
    [TestCase("/holidays/2026-02-31")]
    public async Task A_day_that_is_none_cannot_be_read(string path)
    {
        using var answer = await _app.As(World.Officer).ReadAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }
}
