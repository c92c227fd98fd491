using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A PUT of what stands there already writes nothing, journals nothing, and answers with the tag that was sent.</summary>
public sealed class UnchangedTests
{
    private TestApp _app = null!;
    private Guid _victim;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync();
        _victim = await _app.As(World.Officer).GivenVictimAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("", """{"identification":"confirmed","sex":"female","district":"PK-PB-LHR","languages":["urd","pnb"]}""")]
    [TestCase("/identity", """{"name":{"ur":"کلثوم"},"nationalId":"35202-1234567-1","nationalIdKind":"b_form_crc"}""")]
    [TestCase("/contact", """{"phones":[{"number":"0300 1234567","mayRing":true}]}""")]
    [TestCase("/demographics", """{"languages":["urd"],"schooling":"none"}""")]
    [TestCase("/health", """{"disability":[{"domain":"seeing","level":"some_difficulty"}],"urgentNotes":"insulin"}""")]
    public Task A_victim_and_her_documents(string below, string body) => AssertUnchangedAsync(World.Officer, $"/victims/{_victim}{below}", body);

    [Test]
    public async Task An_item_and_a_need()
    {
        var item = await MadeAsync(World.Officer, $"/victims/{_victim}/records", """{"kind":"note","body":{"text":"one"}}""");
        var need = await MadeAsync(World.Officer, $"/victims/{_victim}/needs", """{"category":"safe_shelter","urgency":"high"}""");

        await AssertUnchangedAsync(World.Officer, $"/victims/{_victim}/records/{item}", """{"body":{"text":"two"},"restricted":true}""");
        await AssertUnchangedAsync(World.Officer, $"/victims/{_victim}/needs/{need}", """{"urgency":"medium","status":"open","constraints":["female_staff"]}""", "\"1\"");
    }

    [Test]
    public async Task A_service_a_worker_and_oneself()
    {
        await AssertUnchangedAsync(World.ShelterDesk, $"/services/{World.ShelterService}", """
            {"nameEn":"Shelter for girls","nameUr":"پناہ گاہ","category":"safe_shelter","hours":{"always":true,"weekly":[]},"emergency":true,"languages":["urd"],"constraints":["female_staff"]}
            """);
        await AssertUnchangedAsync(World.PoliceAdmin, $"/workers/{World.Officer.Id}", """{"displayName":"Noreen","unavailableUntil":"2027-01-01T00:00:00Z"}""");
        await AssertUnchangedAsync(World.Officer, "/me", """{"displayName":"Constable Noreen"}""");
    }

    /// <summary>Changes it first, so that what is sent again was stored by this very version.</summary>
    private async Task AssertUnchangedAsync(Persona by, string path, string body, string? tag = null)
    {
        var client = _app.As(by);
        if (tag is null)
        {
            using var read = await client.ReadAsync(path);
            tag = read.TagOf();
        }
        using var first = await client.PutAsync(path, body, tag);
        Assert.That((int)first.StatusCode, Is.EqualTo(200), await first.Content.ReadAsStringAsync());
        var before = await RowsAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        using var again = await client.PutAsync(path, body, first.TagOf());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)again.StatusCode, Is.EqualTo(200), await again.Content.ReadAsStringAsync());
            Assert.That(again.TagOf(), Is.EqualTo(first.TagOf()).And.Not.EqualTo(tag), path);
            Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()), path);
            Assert.That(await RowsAsync(), Is.EqualTo(before), path);
        }
    }

    private async Task<Guid> MadeAsync(Persona by, string path, string body) =>
        (await _app.As(by).PostAsync(path, body).JsonAsync(201)).GetProperty("id").GetGuid();

    private Task<int> RowsAsync() => GivenReferral.ReadAsync(
        _app, work => work.ScalarAsync<int>("SELECT count(*) FROM journal j", null, CancellationToken.None));
}
