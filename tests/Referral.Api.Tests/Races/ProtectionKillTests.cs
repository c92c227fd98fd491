using System.Globalization;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// kill -9 under what protects: ages are disputed and determined, courts order and stay, files are kept, people kept away and let back, doors opened in an
/// emergency and answered for, and survivors heard. What the host leaves behind each time is what it leaves when it lives.
/// </summary>
public sealed class ProtectionKillTests
{
    private const int People = 6;

    private string _folder = null!;

    private static int Kills => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 40 : 4;

    [SetUp]
    public void Prepare() => _folder = Directory.CreateTempSubdirectory("nrs-protection-").FullName;

    [TearDown]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_child_whose_host_is_killed_is_protected_as_any_child_is()
    {
        var told = await KilledStory.TellAsync(_folder, People, Kills, ProtectAsync);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LoopRows.Count(_folder, "victims"), Is.EqualTo(told.Disturbed.Count));
            Assert.That(told.Model, Is.SupersetOf(new[]
            {
                "age dispute 1 1", "age determination 2 1", "basis court_order stayed 1", "basis guardianship active 1", "basis legal_hold active 1",
                "block worker lifted 1", "block unknown stands 1", "emergency access justified 3 1", "said stop explained 1", "told stop.asked none 1", "clock stop_request met 1",
                "approval court_order approved 1", "approval block_lift approved 1", "journal block.lifted 1", "journal basis.stayed 1",
            }));
            Assert.That(told.Disturbed, Is.All.EqualTo(told.Model));
        }
    }

    private static async Task<IReadOnlyList<Guid>> ProtectAsync(Persistent people)
    {
        var victim = Sending.IdOf(await people.PostAsync(
            World.Officer, "/victims", """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":16,"evidence":"appearance"},"name":{"ur":"کلثوم"}}"""));
        var hers = $"/victims/{victim}";
        await DetermineAsync(people, hers);
        await people.AttachAsync(World.Officer, victim, Pictures.Plain());
        await OrderAsync(people, hers);
        await people.PostAsync(World.Officer, $"{hers}/guardianships", """
            {"guardian":{"relation":"legal_guardian","name":"Invented Bibi"},"capacity":"court_appointed_guardian","authority":"Guardian Judge","orderedOn":"2026-11-20"}
            """);
        await people.PostAsync(World.Officer, $"{hers}/legal-holds", """{"authority":"Sessions Court","orderedOn":"2026-11-20","reason":"The trial."}""");
        await BlockAsync(people, hers);
        await BreakGlassAsync(people, hers);
        await HearAsync(people, hers);
        return [victim];
    }

    private static async Task DetermineAsync(Persistent people, string hers)
    {
        var paper = Sending.IdOf(await people.PostAsync(
            World.Officer, $"{hers}/records", """{"kind":"age_evidence","restricted":false,"body":{"evidence":"school_certificate","bornOn":"2011-05-04"}}"""));
        await people.PostAsync(World.Officer, $"{hers}/age-disputes", """{"reason":"Her aunt says that she is younger."}""");
        await people.PostAsync(World.PoliceSupervisor, $"{hers}/age-determinations", $$"""{"restsOn":["{{paper}}"],"setAside":[],"reason":"The school confirmed the entry."}""");
    }

    private static async Task OrderAsync(Persistent people, string hers)
    {
        var order = Sending.IdOf(await people.PostAsync(World.Officer, $"{hers}/orders", $$"""
            {"court":"Court of the Sessions Judge Kasur","orderNumber":"112/2026","orderedOn":"2026-11-20","judge":"Justice Invented","groups":["identity"],
             "purposes":["provide_service"],"agencies":["{{World.Hospital}}"],"validTo":"{{In(TimeSpan.FromDays(30))}}"}
            """));
        var asked = (await people.ListAsync(World.PoliceSupervisor, $"/approvals?victimId={hers.Split('/')[^1]}")).Single(one => one.GetProperty("subjectId").GetGuid() == order);
        await people.PostAsync(World.PoliceSupervisor, $"/approvals/{Sending.IdOf(asked)}/decide", """{"decision":"approve"}""");
        await people.ActAsync(World.PoliceSupervisor, $"{hers}/bases/{order}", "stay", """{"orderedOn":"2026-11-23"}""");
    }

    private static async Task BlockAsync(Persistent people, string hers)
    {
        await people.PostAsync(World.PoliceSupervisor, $"{hers}/blocks", """
            {"person":{"name":"Invented Khan","fatherName":"Invented Gul","phone":"03001234567"},"reason":"threatened_person","note":"rang her uncle"}
            """);
        var block = Sending.IdOf(await people.PostAsync(
            World.PoliceSupervisor, $"{hers}/blocks", $$"""{"workerId":"{{World.OtherOfficer.Id}}","reason":"threatened_person","note":"rang her uncle"}"""));
        var asked = await people.PostAsync(World.PoliceSupervisor, $"{hers}/blocks/{block}/lift", """{"why":"It was his cousin."}""");
        await people.PostAsync(World.ProtectionOfficer, $"/approvals/{asked.GetProperty("lift").GetProperty("id").GetGuid()}/decide", """{"decision":"approve"}""");
    }

    private static async Task BreakGlassAsync(Persistent people, string hers)
    {
        var code = (await people.ReadAsync(World.Officer, hers)).GetProperty("caseCode").GetString()!;
        var opened = Sending.IdOf(await people.PostAsync(World.HospitalDesk, "/break-glass", GivenBreakGlass.Body(code, "\"identity\"")));
        await people.ActAsync(World.HospitalDesk, $"/break-glass/{opened}", "end", "{}");
        await people.ActAsync(World.PoliceSupervisor, $"/break-glass/{opened}", "review", """{"answer":"justified"}""");
    }

    private static async Task HearAsync(Persistent people, string hers)
    {
        var code = (await people.PostAsync(World.Officer, $"{hers}/follow-code", "{}")).GetProperty("followCode").GetString();
        await people.PostAsync(null, "/public/codes/messages", $$"""{"followCode":"{{code}}","kind":"stop","text":"Nobody shall come to the house"}""");
        // The officer is told, whether the job has looked before or the supervisor who reads it first.
        var said = (await people.ListAsync(World.PoliceSupervisor, $"{hers}/messages")).Single();
        await people.PostAsync(World.Officer, $"{hers}/messages/{Sending.IdOf(said)}/answer", """{"outcome":"explained","words":"Visits are over."}""");
    }

    private static string In(TimeSpan time) => (DateTimeOffset.UtcNow + time).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
