using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Legal aid in three places: the category is this test's own.</summary>
public sealed class DirectoryTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync();
        var kasur = await UnitAsync("Kasur office", "PK-PB-KSR", 31.12, 74.45);
        var multan = await UnitAsync("Multan office", "PK-PB-MUL", 30.2, 71.45);
        await OfferAsync(kasur, "Girls in Kasur", "\"sex\":\"female\",\"maxAge\":17,\"languages\":[\"pnb\"],\"coverage\":[\"PK-PB-KSR\"]");
        await OfferAsync(multan, "All of Punjab", "\"languages\":[\"skr\"],\"coverage\":[]");
        var full = await OfferAsync(multan, "The country", "\"coverage\":[\"PK\"]", "\"hours\":{\"always\":false,\"weekly\":[{\"day\":\"sunday\",\"from\":\"09:00\",\"to\":\"17:00\"}]}");
        await _app.As(World.ShelterAdmin).PutAsync($"/services/{full}/capacity/women", """{"licensed":1,"occupied":1,"waiting":4}""", "\"0\"").JsonAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("", new[] { "All of Punjab", "Girls in Kasur", "The country" })]
    [TestCase("&district=PK-PB-KSR", new[] { "Girls in Kasur", "All of Punjab", "The country" })]
    [TestCase("&district=PK-PB-LHR", new[] { "All of Punjab", "The country" })]
    [TestCase("&district=PK-SD-KHS", new[] { "The country" })]
    [TestCase("&age=20", new[] { "All of Punjab", "The country" })]
    [TestCase("&sex=male", new[] { "All of Punjab", "The country" })]
    [TestCase("&language=skr", new[] { "All of Punjab" })]
    [TestCase("&openNow=true", new[] { "All of Punjab", "Girls in Kasur" })]
    [TestCase("&free=true", new[] { "All of Punjab", "Girls in Kasur" })]
    [TestCase("&nearLat=31.12&nearLon=74.45", new[] { "Girls in Kasur", "All of Punjab", "The country" })]
    [TestCase("&nearLat=31.12&nearLon=74.45&maxKm=50", new[] { "Girls in Kasur" })]
    public async Task Only_what_fits_is_found_in_a_useful_order(string filter, string[] names)
    {
        var page = await _app.As(World.Officer).ReadAsync($"/directory?category=legal_aid{filter}").JsonAsync();

        Assert.That(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("nameEn").GetString()), Is.EqualTo(names));
    }

    [Test]
    public async Task Distance_is_said_in_kilometres()
    {
        var page = await _app.As(World.Officer).ReadAsync("/directory?category=legal_aid&nearLat=31.12&nearLon=74.45").JsonAsync();

        var km = page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("distanceKm").GetDouble()).ToArray();
        Assert.That(km[0], Is.Zero);
        Assert.That(km[1], Is.EqualTo(303).Within(5));
    }

    [Test]
    public async Task Pages_join_without_gap()
    {
        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await _app.As(World.Officer).ReadAsync($"/directory?category=legal_aid&limit=1{(next is null ? "" : $"&cursor={next}")}").JsonAsync();
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("nameEn").GetString()!));
            next = page.GetProperty("next") is { ValueKind: JsonValueKind.String } cursor ? cursor.GetString() : null;
        }
        while (next is not null);

        Assert.That(names, Is.EqualTo(new[] { "All of Punjab", "Girls in Kasur", "The country" }));
    }

    [TestCase("district=PK-PB-XXX")]
    [TestCase("category=magic")]
    [TestCase("nearLat=31.5")]
    [TestCase("maxKm=10")]
    [TestCase("nearLat=NaN&nearLon=74")]
    [TestCase("age=-1")]
    public async Task A_question_that_cannot_be_read_is_refused(string query)
    {
        using var answer = await _app.As(World.Officer).ReadAsync($"/directory?{query}");

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_suspended_agency_offers_nothing()
    {
        var unit = await UnitAsync("Closed office", "PK-PB-KSR", 31.1, 74.4);
        var service = await OfferAsync(unit, "Closed", "\"coverage\":[]", category: "court_support");
        var system = _app.As(World.SystemAdmin);
        using var read = await system.ReadAsync($"/agencies/{unit}");
        await system.PostAsync($"/agencies/{unit}/suspend", "{}", read.TagOf()).JsonAsync();

        var found = await _app.As(World.Officer).ReadAsync("/directory?category=court_support").JsonAsync();

        Assert.That(found.GetRawText(), Does.Not.Contain(service.ToString()));
    }

    private async Task<Guid> UnitAsync(string name, string district, double lat, double lon) =>
        (await _app.As(World.ShelterAdmin).PostAsync("/agencies", FormattableString.Invariant(
            $$"""{"kind":"legal_aid","nameEn":"{{name}}","nameUr":"دفتر","hasAccount":true,"confidential":false,"parentId":"{{World.Shelter}}","district":"{{district}}","lat":{{lat}},"lon":{{lon}}}""")).JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task<Guid> OfferAsync(
        Guid unit, string name, string more, string hours = "\"hours\":{\"always\":true,\"weekly\":[]}", string category = "legal_aid") =>
        (await _app.As(World.ShelterAdmin).PostAsync(
            "/services", $$"""{"agencyId":"{{unit}}","nameEn":"{{name}}","nameUr":"خدمت","category":"{{category}}","emergency":false,{{hours}},{{more}}}""").JsonAsync(201)).GetProperty("id").GetGuid();
}
