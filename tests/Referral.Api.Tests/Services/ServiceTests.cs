using System.Text.Json;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class ServiceTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_service_is_shown_as_it_was_described()
    {
        var desk = _app.As(World.HospitalDesk);
        var made = await desk.PostAsync("/services", Draft(
            "\"hours\":{\"always\":false,\"weekly\":[{\"day\":\"tuesday\",\"from\":\"09:00\",\"to\":\"13:00\"},{\"day\":\"friday\",\"from\":\"22:00\",\"to\":\"06:00\"}]}",
            "\"minAge\":5,\"maxAge\":17,\"sex\":\"female\",\"languages\":[\"urd\",\"skr\"],\"accessibility\":[\"step_free\"],\"constraints\":[\"with_siblings\"],\"coverage\":[\"PK-SD\",\"PK-PB-KSR\"],\"accreditation\":\"registered_ngo\",\"accreditedTo\":\"2027-01-31\"")).JsonAsync(201);

        var shown = await _app.As(World.Officer).ReadAsync($"/services/{made.GetProperty("id").GetGuid()}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.GetProperty("agency").GetProperty("id").GetGuid(), Is.EqualTo(World.Hospital));
            Assert.That(shown.GetProperty("hours").GetProperty("weekly").GetArrayLength(), Is.EqualTo(2));
            Assert.That(shown.GetProperty("openNow").GetBoolean(), Is.True, "it is Tuesday, eleven o'clock");
            Assert.That(Texts(shown, "languages"), Is.EquivalentTo(new[] { "urd", "skr" }));
            Assert.That(Texts(shown, "coverage"), Is.EquivalentTo(new[] { "PK-SD", "PK-PB-KSR" }));
            Assert.That(shown.GetProperty("withSiblings").GetBoolean(), Is.True);
            Assert.That(shown.GetProperty("assuredOn").GetString(), Is.EqualTo("2026-11-24"));
            Assert.That(shown.GetProperty("freePlaces").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(shown.GetProperty("isOwn").GetBoolean(), Is.False);
        }
    }

    [TestCase("\"coverage\":[\"PK-PB-XXX\"]", 400, "/coverage/0")]
    [TestCase("\"languages\":[\"klingon\"]", 400, "/languages/0")]
    [TestCase("\"sex\":null,\"id\":null", 201, "medical_care")]
    [TestCase("\"minAge\":18,\"maxAge\":12", 422, "/maxAge")]
    [TestCase("\"accreditedTo\":\"2027-01-31\"", 422, "/accreditation")]
    [TestCase("\"agencyId\":\"00000000-0000-7000-8000-0000000000a3\"", 422, "/agencyId")]
    public async Task What_cannot_be_so_is_named(string members, int status, string pointer)
    {
        using var answer = await _app.As(World.HospitalDesk).PostAsync("/services", Draft(more: members));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"{pointer}\""));
    }

    [TestCase("\"hours\":{\"always\":true,\"weekly\":[{\"from\":\"09:00\",\"to\":\"17:00\"}]}", 422)]
    [TestCase("\"hours\":{\"always\":false,\"weekly\":[{\"from\":\"9\",\"to\":\"17:00\"}]}", 400)]
    [TestCase("\"hours\":{\"always\":false,\"weekly\":[{\"from\":\"09:00\",\"to\":\"09:00\"}]}", 422)]
    [TestCase("\"hours\":{\"always\":false,\"weekly\":[{\"day\":\"someday\",\"from\":\"09:00\",\"to\":\"17:00\"}]}", 400)]
    public async Task Hours_that_are_none_are_refused(string hours, int status)
    {
        using var answer = await _app.As(World.HospitalDesk).PostAsync("/services", Draft(hours));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Another_agency_cannot_change_it_and_a_retired_one_nobody()
    {
        var desk = _app.As(World.HospitalDesk);
        var path = $"/services/{(await desk.PostAsync("/services", Draft()).JsonAsync(201)).GetProperty("id").GetGuid()}";
        var stranger = _app.As(World.StrangerCaseworker);

        using var foreign = await stranger.PutAsync(path, Draft(), await TagAsync(stranger, path));
        await desk.PutAsync(path, Draft(more: "\"minAge\":3"), await TagAsync(desk, path)).JsonAsync();
        await desk.PostAsync($"{path}/assure", "{}", await TagAsync(desk, path)).JsonAsync();
        await desk.PostAsync($"{path}/retire", "{}", await TagAsync(desk, path)).JsonAsync();
        using var again = await desk.PutAsync(path, Draft(), await TagAsync(desk, path));
        using var places = await desk.PutAsync($"{path}/capacity/girls", """{"licensed":1,"occupied":0,"waiting":0}""", "\"0\"");
        var listed = await desk.ReadAsync($"/services?agencyId={World.Hospital}&limit=200").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
            Assert.That((int)again.StatusCode, Is.EqualTo(409));
            Assert.That((int)places.StatusCode, Is.EqualTo(409));
            Assert.That(listed.GetRawText(), Does.Not.Contain(path[10..]));
        }
    }

    [Test]
    public async Task A_hidden_house_shows_no_place_anywhere()
    {
        var own = await _app.As(World.ShelterDesk).ReadAsync($"/services/{World.ShelterService}").JsonAsync();
        var other = await _app.As(World.Officer).ReadAsync($"/services/{World.ShelterService}").JsonAsync();
        var search = await _app.As(World.Officer).ReadAsync("/directory?category=safe_shelter&nearLat=31.5&nearLon=74.3").JsonAsync();
        var within = await _app.As(World.Officer).ReadAsync("/directory?category=safe_shelter&nearLat=31.5&nearLon=74.3&maxKm=2000").JsonAsync();

        var hit = search.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == World.ShelterService);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("district").GetString(), Is.EqualTo("PK-PB-LHR"));
            foreach (var view in new[] { other, hit })
            {
                Assert.That(view.GetProperty("district").ValueKind, Is.EqualTo(JsonValueKind.Null));
                Assert.That(view.GetProperty("lat").ValueKind, Is.EqualTo(JsonValueKind.Null));
                Assert.That(view.GetProperty("distanceKm").ValueKind, Is.EqualTo(JsonValueKind.Null));
                Assert.That(view.GetProperty("province").GetString(), Is.EqualTo("PK-PB"));
            }
            Assert.That(within.GetRawText(), Does.Not.Contain(World.ShelterService.ToString()));
        }
    }

    [Test]
    public async Task Candidates_bring_what_the_ranking_needs()
    {
        var candidates = await _app.Database.ReadAsync(
            Caller.System, work => Services.CandidatesAsync(work, "safe_shelter", CancellationToken.None), CancellationToken.None);

        var shelter = candidates.Single(candidate => candidate.ServiceId == World.ShelterService);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shelter.IsActive && shelter.IsConfidential && shelter.TakesEmergencies && shelter.Hours.IsAlways);
            Assert.That(shelter.Constraints, Is.EqualTo(new[] { "female_staff" }));
            Assert.That(shelter.FreeFor(["girls"]), Is.EqualTo(4));
            Assert.That(shelter.District, Is.EqualTo("PK-PB-LHR"));
        }
    }

    private static string Draft(string hours = "\"hours\":{\"always\":true,\"weekly\":[]}", string more = "\"sex\":null") =>
        $$"""{"nameEn":"Clinic","nameUr":"کلینک","category":"medical_care","emergency":false,{{hours}},{{more}}}""";

    private static async Task<string> TagAsync(HttpClient client, string path)
    {
        using var answer = await client.ReadAsync(path);
        return answer.TagOf();
    }

    private static IEnumerable<string?> Texts(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(item => item.GetString());
}
