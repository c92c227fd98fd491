using System.Globalization;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// kill -9 under the whole loop: families are taken in, referred as sets, answered for, handed over, served, and their cases closed, while
/// the host dies again and again. What each of them leaves behind is what one leaves whom nothing happened to.
/// </summary>
public sealed class LoopKillTests
{
    private const int Families = 6;
    private const int Size = 2;

    private string _folder = null!;

    private static int Kills => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 40 : 4;

    [SetUp]
    public void Prepare() => _folder = Directory.CreateTempSubdirectory("nrs-loop-").FullName;

    [TearDown]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_family_whose_host_is_killed_leaves_what_any_family_leaves()
    {
        var told = await KilledStory.TellAsync(_folder, Families, Kills, FamilyAsync);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LoopRows.Count(_folder, "victims"), Is.EqualTo(told.Disturbed.Count * Size));
            Assert.That(LoopRows.Count(_folder, "referral_groups"), Is.EqualTo(told.Disturbed.Count));
            Assert.That(LoopRows.Places(_folder, World.ShelterService), Is.EqualTo((0, 0)), "Everybody has left.");
            AssertClosed(told.Model);
            Assert.That(told.Disturbed, Is.All.EqualTo(told.Model));
        }
    }

    /// <summary>What the model itself has to be, said in full: else all could be wrong alike.</summary>
    private static void AssertClosed(string[] model)
    {
        Assert.That(model, Is.SupersetOf(new[]
        {
            "case closed 2", "referral completed none 2", "in a set of 2 2", "handover arrival agreed 2", "entry service_delivered 2", "entry outcome 2", "approval closure approved 2",
            "clock acknowledge met 2", "clock decide met 2", "clock start met 2", "clock report_back stopped 2", "clock report_back met 2", "clock follow_up stopped 6",
            "journal referral.submitted 2", "journal referral.accepted 2", "journal referral.arrived 2", "journal referral.completed 2", "journal victim.closed 2",
        }));
        Assert.That(model, Has.None.Contains("running").And.None.Contains("refused"));
    }

    /// <summary>From the intake of a family to the end of their cases.</summary>
    private static async Task<IReadOnlyList<Guid>> FamilyAsync(Persistent people)
    {
        var victims = IntakeTests.NewIds(Size);
        var referrals = IntakeTests.NewIds(Size);
        await people.PostAsync(World.Officer, "/victims/intake", IntakeTests.Family(victims));
        var members = new List<string>();
        foreach (var (i, victim) in victims.Index())
        {
            var need = Sending.IdOf(await people.PostAsync(World.Officer, $"/victims/{victim}/needs", """{"category":"safe_shelter","urgency":"high"}"""));
            await people.PostAsync(World.Officer, $"/victims/{victim}/bases", Consent);
            members.Add($$"""{"id":"{{referrals[i]}}","victimId":"{{victim}}","needId":"{{need}}","serviceId":"{{World.ShelterService}}","groups":["identity"],"population":"girls"}""");
        }
        var group = $"/referral-groups/{Guid.CreateVersion7()}";
        await people.PostAsync(World.Officer, "/referral-groups", $$"""{"id":"{{group.Split('/')[^1]}}","kind":"family","together":true,"members":[{{string.Join(',', members)}}]}""");
        await people.ActAsync(World.Officer, group, "submit", "{}");
        var answers = referrals.Select(id => $$"""{"referralId":"{{id}}","answer":"accept","population":"girls"}""");
        await people.ActAsync(World.ShelterDesk, group, "answer", $$"""{"members":[{{string.Join(',', answers)}}]}""");
        foreach (var (i, referral) in referrals.Index())
        {
            await ServeAsync(people, $"/referrals/{referral}");
            await CloseAsync(people, $"/victims/{victims[i]}");
        }
        return victims;
    }

    private static async Task ServeAsync(Persistent people, string referral)
    {
        var handover = Sending.IdOf(await people.PostAsync(World.ShelterDesk, $"{referral}/handovers", $$"""
            {"direction":"arrival","reason":"to_shelter","children":1,"occurredAt":"{{Now}}","givenBy":"Constable Gul","receivedBy":"The warden","place":"At the gate"}
            """));
        await people.PostAsync(World.Officer, $"{referral}/handovers/{handover}/confirm", """{"children":1,"isThere":true}""");
        await people.ActAsync(World.ShelterDesk, referral, "arrive", $$"""{"at":"{{Now}}"}""");
        await people.PostAsync(World.ShelterDesk, $"{referral}/entries", """{"kind":"service_delivered","text":"A bed and a meal."}""");
        await people.ActAsync(World.ShelterDesk, referral, "complete", """{"outcome":"need_met","note":"She is well."}""");
    }

    private static async Task CloseAsync(Persistent people, string victim)
    {
        var asked = Sending.IdOf(await people.PostAsync(World.Officer, $"{victim}/close", """{"reason":"goals_met","criteria":["needs_met"]}"""));
        await people.PostAsync(World.PoliceSupervisor, $"/approvals/{asked}/decide", """{"decision":"approve"}""");
    }

    private static string Now => DateTimeOffset.UtcNow.AddSeconds(-2).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Consent => $$"""
        {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
         "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
        """;
}
