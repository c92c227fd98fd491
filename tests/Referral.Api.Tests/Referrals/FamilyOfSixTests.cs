using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Six of one family are found. Two go to one shelter and stay together; two others were to, and are parted, which a second
/// person approves; the last two go where there is room. Then all six move to another province, and another agency leads
/// their cases there. Told over HTTP from the registration to the last arrival.
/// </summary>
public sealed class FamilyOfSixTests
{
    [Test]
    public async Task A_family_of_six_arrives_and_moves_to_another_province()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api"));
        var officer = app.As(World.Officer);
        var family = await GivenGroup.FamilyAsync(app, 6);
        var household = (await officer.ReadAsync($"/victims/{family.Victims[0]}").JsonAsync()).GetProperty("householdId").GetGuid();
        Assert.That((await officer.ReadAsync($"/households/{household}").JsonAsync()).GetProperty("items").GetArrayLength(), Is.EqualTo(6));

        var together = await SendAsync(app, family, 0, together: true);
        var parted = await SendAsync(app, family, 2, together: true);
        var others = await SendAsync(app, family, 4, together: false, World.HospitalService);

        // Two are kept together: nobody has to approve that.
        await together.AnswerAsync(World.ShelterDesk, [true, true]).JsonAsync();
        await ArriveAsync(together, World.ShelterDesk, together.Referrals);
        Assert.That((await together.ReadAsync(World.Officer)).GetProperty("state").GetString(), Is.EqualTo("partially_served"));

        // The shelter takes one more, and her brother goes to the hospital.
        await parted.AnswerAsync(World.ShelterDesk, [true, false]).JsonAsync();
        await parted.ActAsync(World.Officer, 1, "reroute", $$"""{"serviceId":"{{World.HospitalService}}"}""").JsonAsync();
        var follower = Waiting(await parted.ReadAsync(World.HospitalDesk));
        await parted.PostAsync(World.HospitalDesk, "answer", $$"""{"members":[{"referralId":"{{follower}}","answer":"accept"}]}""").JsonAsync();
        await parted.ActAsync(World.ShelterDesk, 0, "arrive", parted.Arrived).JsonAsync(409);
        var asked = (await app.As(World.PoliceSupervisor).ReadAsync("/approvals").JsonAsync()).GetProperty("items").EnumerateArray().ToArray();
        Assert.That(asked.Select(one => one.GetProperty("subjectId").GetGuid()), Is.EquivalentTo(new[] { parted.Referrals[0], follower }));
        foreach (var one in asked)
        {
            await GivenApproval.DecideAsync(app, World.PoliceSupervisor, one.GetProperty("id").GetGuid()).JsonAsync();
        }
        await ArriveAsync(parted, World.ShelterDesk, [parted.Referrals[0]]);
        await ArriveAsync(parted, World.HospitalDesk, [follower]);

        // The last two need not stay together, and are answered one yes, one no.
        var half = await others.PostAsync(World.HospitalDesk, "answer", $$"""
            {"members":[{"referralId":"{{others.Referrals[0]}}","answer":"accept"},{"referralId":"{{others.Referrals[1]}}","answer":"decline","reason":"no_capacity"}]}
            """).JsonAsync();
        await ArriveAsync(others, World.HospitalDesk, [others.Referrals[0]]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(half.GetProperty("members").GetArrayLength(), Is.EqualTo(1), "Whom it cannot help it sees no more.");
            Assert.That(await OccupiedAsync(app), Is.EqualTo(3));
            Assert.That((await officer.ReadAsync("/referral-groups?box=sent").JsonAsync()).GetProperty("items").EnumerateArray().Select(row => row.GetProperty("members").GetInt32()), Is.EqualTo(new[] { 2, 2, 2 }));
            Assert.That(GivenGroup.States(await parted.ReadAsync(World.Officer)), Is.EquivalentTo(new[] { "in_service", "declined", "in_service" }));
            Assert.That(GivenGroup.States(await others.ReadAsync(World.Officer)), Is.EquivalentTo(new[] { "in_service", "declined" }));
        }

        await LedElsewhereAsync(app, family, household);
        await ServedElsewhereAsync(app, family, [.. together.Referrals, parted.Referrals[0], follower, others.Referrals[0]]);
    }

    /// <summary>Each is offered and taken; the old lead keeps sight of what it sent, and of no name; the new one sees the whole household.</summary>
    private static async Task LedElsewhereAsync(TestApp app, GivenGroup family, Guid household)
    {
        var lead = app.As(World.StrangerSupervisor);
        Assert.That(await GivenTransfer.StatusAsync(app, World.StrangerSupervisor, $"/households/{household}"), Is.EqualTo(404));
        foreach (var victim in family.Victims)
        {
            await GivenTransfer.LedByAsync(app, victim, World.StrangerSupervisor);
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            using var shell = await lead.ReadAsync($"/victims/{victim}");
            using var body = JsonDocument.Parse(await shell.Content.ReadAsStringAsync());
            await lead.PutAsync($"/victims/{victim}", Moved(body.RootElement), shell.TagOf()).JsonAsync();
        }
        var members = await GivenTransfer.ListAsync(app, World.StrangerSupervisor, $"/households/{household}");
        var left = new List<int> { await GivenTransfer.StatusAsync(app, World.Officer, $"/households/{household}") };
        foreach (var victim in family.Victims)
        {
            left.Add(await GivenTransfer.StatusAsync(app, World.Officer, $"/victims/{victim}/identity"));
        }
        using (Assert.EnterMultipleScope())
        {
            Assert.That(members, Has.Count.EqualTo(6));
            Assert.That(members.Select(member => member.GetProperty("district").GetString()), Is.All.EqualTo("PK-SD-KHS"));
            Assert.That(left, Is.All.EqualTo(404));
        }
    }

    private static string Moved(JsonElement shell) => $$"""
        {"identification":"{{shell.GetProperty("identification").GetString()}}","sex":"{{shell.GetProperty("sex").GetString()}}","district":"PK-SD-KHS","languages":[]}
        """;

    /// <summary>What they had ends, by whoever leads now, and all six are received together in the shelter's house in that province.</summary>
    private static async Task ServedElsewhereAsync(TestApp app, GivenGroup family, IReadOnlyList<Guid> served)
    {
        foreach (var id in served)
        {
            using var read = await app.As(World.StrangerSupervisor).ReadAsync($"/referrals/{id}");
            await app.As(World.StrangerSupervisor).PostAsync($"/referrals/{id}/end-early", GivenReferral.BodyOf(app, "end_early"), read.TagOf()).JsonAsync();
        }
        var service = (await app.As(World.ShelterAdmin).PostAsync("/services", $$"""
            {"agencyId":"{{World.Shelter}}","nameEn":"House in Karachi","nameUr":"گھر","category":"safe_shelter","emergency":false,"hours":{"always":true,"weekly":[]} }
            """).JsonAsync(201)).GetProperty("id").GetGuid();
        var moved = family.Part(0, 6);
        await app.As(World.StrangerSupervisor).PostAsync("/referral-groups", moved.Draft(together: true, [.. Enumerable.Repeat(service, 6)])).JsonAsync(201);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await moved.PostAsync(World.StrangerSupervisor, "submit", "{}").JsonAsync();
        await moved.AnswerAsync(World.ShelterDesk, [true, true, true, true, true, true]).JsonAsync();
        await ArriveAsync(moved, World.ShelterDesk, moved.Referrals);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GivenGroup.States(await moved.ReadAsync(World.StrangerSupervisor)), Is.EqualTo(Enumerable.Repeat("in_service", 6)));
            Assert.That(await OccupiedAsync(app), Is.Zero);
        }
    }

    /// <summary>Two of the family, from <paramref name="first"/> on.</summary>
    private static async Task<GivenGroup> SendAsync(TestApp app, GivenGroup family, int first, bool together, Guid? service = null)
    {
        var group = family.Part(first, 2);
        await app.As(World.Officer).PostAsync("/referral-groups", group.Draft(together, service is { } one ? [one, one] : null)).JsonAsync(201);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await group.PostAsync(World.Officer, "submit", "{}").JsonAsync();
        return group;
    }

    private static async Task ArriveAsync(GivenGroup group, Persona provider, IReadOnlyList<Guid> referrals)
    {
        foreach (var id in referrals)
        {
            await group.ReceiveAsync(provider, id);
            using var read = await group.App.As(provider).ReadAsync($"/referrals/{id}");
            await group.App.As(provider).PostAsync($"/referrals/{id}/arrive", group.Arrived, read.TagOf()).JsonAsync();
        }
    }

    private static Guid Waiting(JsonElement view) =>
        view.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("awaitsAnswer").GetBoolean()).GetProperty("referral").GetProperty("id").GetGuid();

    private static Task<int> OccupiedAsync(TestApp app) => GivenReferral.ReadAsync(app, work => work.ScalarAsync<int>(
        "SELECT c.occupied FROM capacity c WHERE c.service_id = @serviceId", new { serviceId = World.ShelterService }, CancellationToken.None));
}
