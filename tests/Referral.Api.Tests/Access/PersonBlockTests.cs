using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A block is on a person: it finds whoever begins to work under a number, a telephone or a name that it knows, and tells nobody that it did.</summary>
public sealed class PersonBlockTests
{
    private const string Cnic = "35202-7418529-6";

    private TestApp _app = null!;
    private Guid _victim;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        _victim = await _app.As(World.Officer).GivenVictimAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    private static IEnumerable<TestCaseData> Recognised()
    {
        static TestCaseData Case(string name, string person, string worker) => new TestCaseData(person, worker).SetArgDisplayNames(name);

        yield return Case("number", """ "nationalId":"35202-7418529-6" """, """ "nationalId":"۳۵۲۰۲۷۴۱۸۵۲۹۶" """);
        yield return Case("telephone", """ "phone":"0300-3520274" """, """ "phone":"+92 300 3520274" """);
        yield return Case("name in another script", """ "name":"زرغون گل","fatherName":"محمد شیرباز" """, """ "fatherName":"Sherbaz" """);
    }

    [TestCaseSource(nameof(Recognised))]
    public async Task Whoever_begins_to_work_later_is_kept_away_from_her(string person, string worker)
    {
        await GivenBlock.SetAsync(_app, _victim, $$""" "person":{{{person}}}""", World.PoliceSupervisor);
        var before = await StatusAsync(World.Officer);

        await DescribeAsync(World.Officer, worker, "Zarghun Gul");

        Assert.That((before, await StatusAsync(World.Officer), await StatusAsync(World.PoliceSupervisor)), Is.EqualTo((200, 404, 200)));
    }

    [TestCaseSource(nameof(Recognised))]
    public async Task Whoever_works_already_is_kept_away_from_the_moment_that_it_is_set(string person, string worker)
    {
        await DescribeAsync(World.Officer, worker, "Zarghun Gul");
        var before = await StatusAsync(World.Officer);

        await GivenBlock.SetAsync(_app, _victim, $$""" "person":{{{person}}}""", World.PoliceSupervisor);

        Assert.That((before, await StatusAsync(World.Officer)), Is.EqualTo((200, 404)));
    }

    [Test]
    public async Task Who_is_called_alike_and_has_another_number_is_another()
    {
        await GivenBlock.SetAsync(_app, _victim, $$""" "person":{"nationalId":"{{Cnic}}","name":"Zarghun Gul","fatherName":"Sherbaz"}""", World.PoliceSupervisor);

        await DescribeAsync(World.Officer, """ "fatherName":"Sherbaz","nationalId":"36302-1112223-4" """, "Zarghun Gul");

        Assert.That(await StatusAsync(World.Officer), Is.EqualTo(200));
    }

    [Test]
    public async Task A_second_account_with_his_number_or_telephone_is_kept_away_with_him()
    {
        await DescribeAsync(World.OtherOfficer, $""" "nationalId":"{Cnic}","phone":"03003520274" """);
        await GivenBlock.SetAsync(_app, _victim, World.OtherOfficer, World.PoliceSupervisor);

        await DescribeAsync(World.Officer, """ "phone":"03003520274" """);
        var byPhone = await StatusAsync(World.Officer);
        await DescribeAsync(World.ShelterSupervisor, $""" "nationalId":"{Cnic}" """);

        await AskAsync(World.ShelterSupervisor);
        await SilentAlertTests.RaiseAsync(_app);
        var tried = (await _app.As(World.ProtectionOfficer).ReadAsync("/silent-alerts").JsonAsync()).GetProperty("items").EnumerateArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(byPhone, Is.EqualTo(404));
            Assert.That(tried.Select(one => one.GetProperty("worker").GetProperty("id").GetGuid()), Is.EquivalentTo(new[] { World.Officer.Id, World.ShelterSupervisor.Id }));
        }
    }

    [Test]
    public async Task A_number_that_is_known_later_finds_the_second_account_too()
    {
        await GivenBlock.SetAsync(_app, _victim, World.OtherOfficer, World.PoliceSupervisor);
        await DescribeAsync(World.Officer, $""" "nationalId":"{Cnic}" """);
        var before = await StatusAsync(World.Officer);

        await DescribeAsync(World.OtherOfficer, $""" "nationalId":"{Cnic}" """);

        Assert.That((before, await StatusAsync(World.Officer)), Is.EqualTo((200, 404)));
    }

    [Test]
    public async Task Another_telephone_opens_nothing_and_anothers_telephone_blinds_nobody()
    {
        await PhoneAsync(World.OtherOfficer, "03003520274");
        await GivenBlock.SetAsync(_app, _victim, """ "person":{"phone":"03003520274"}""", World.PoliceSupervisor);
        await GivenBlock.SetAsync(_app, _victim, World.OtherOfficer, World.PoliceSupervisor);

        await PhoneAsync(World.OtherOfficer, "03001112223");
        await DescribeAsync(World.Officer, """ "phone":"03001112223" """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatusAsync(World.Officer), Is.EqualTo(200));
            Assert.That(await CanBeAssignedAsync(World.OtherOfficer), Is.False);
        }
    }

    [Test]
    public async Task Lifted_by_two_it_lets_in_whoever_was_recognised_and_watches_him()
    {
        var block = await GivenBlock.SetAsync(_app, _victim, $$""" "person":{"nationalId":"{{Cnic}}"}""", World.PoliceSupervisor);
        await DescribeAsync(World.Officer, $""" "nationalId":"{Cnic}" """);
        await AskAsync(World.Officer);
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        await GivenBlock.LiftAsync(_app, _victim, block, World.PoliceSupervisor, World.ProtectionOfficer);
        using var opened = await _app.As(World.Officer).ReadAsync($"/victims/{_victim}/identity");

        await SilentAlertTests.RaiseAsync(_app);

        var list = await _app.As(World.ProtectionOfficer).ReadAsync("/silent-alerts").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)opened.StatusCode, Is.EqualTo(200));
            Assert.That(list.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("kind").GetString()), Is.EqualTo(new[] { "opened", "tried" }));
        }
    }

    [Test]
    public async Task Neither_the_block_nor_the_worker_says_whether_anybody_was_recognised()
    {
        await DescribeAsync(World.Officer, $""" "nationalId":"{Cnic}" """);
        var found = await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{_victim}/blocks", $$$"""{"reason":"person_asks","person":{"nationalId":"{{{Cnic}}}"}}""").JsonAsync(201);
        var none = await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{_victim}/blocks", """{"reason":"person_asks","person":{"nationalId":"36302-1112223-4"}}""").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Plain(found), Is.EqualTo(Plain(none)));
            Assert.That(found.GetProperty("marks").EnumerateArray().Single().GetString(), Is.EqualTo("national_id"));
            Assert.That(found.GetProperty("worker").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }
    }

    [TestCase("{}", "/person/nationalId")]
    [TestCase("""{"nationalId":"12"}""", "/person/nationalId")]
    [TestCase("""{"phone":"none"}""", "/person/phone")]
    [TestCase("""{"name":"Zarghun"}""", "/person/fatherName")]
    [TestCase("""{"fatherName":"Sherbaz"}""", "/person/name")]
    [TestCase("""{"name":"Zarghun","fatherName":"..."}""", "/person/fatherName")]
    public async Task What_nobody_can_be_recognised_by_is_named_by_pointer(string person, string pointer)
    {
        var problem = await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{_victim}/blocks", $$"""{"reason":"person_asks","person":{{person}}}""").JsonAsync(422);

        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(pointer));
    }

    private static string Plain(JsonElement block) => string.Join('\n', block.EnumerateObject().Where(member => member.Name != "id").Select(member => $"{member.Name} {member.Value.GetRawText()}"));

    /// <summary>His agency writes down who he is.</summary>
    private async Task DescribeAsync(Persona worker, string who, string? name = null)
    {
        var admin = worker.AgencyId == World.Shelter ? World.ShelterAdmin : World.PoliceAdmin;
        using var read = await _app.As(admin).ReadAsync($"/workers/{worker.Id}");
        await _app.As(admin).PutAsync($"/workers/{worker.Id}", $$"""{"displayName":"{{name ?? worker.Key}}",{{who}}}""", read.TagOf()).JsonAsync();
    }

    private async Task PhoneAsync(Persona own, string phone)
    {
        using var read = await _app.As(own).ReadAsync("/me/contact");
        await _app.As(own).PutAsync("/me/contact", $$"""{"phone":"{{phone}}"}""", read.TagOf()).JsonAsync();
    }

    private async Task<bool> CanBeAssignedAsync(Persona worker) =>
        (await _app.As(World.PoliceSupervisor).ReadAsync($"/victims/{_victim}/assignable").JsonAsync()).GetProperty("items").EnumerateArray()
        .Single(one => one.GetProperty("id").GetGuid() == worker.Id).GetProperty("canBeAssigned").GetBoolean();

    private async Task AskAsync(Persona by)
    {
        using var response = await _app.As(by).ReadAsync($"/victims/{_victim}");
    }

    private async Task<int> StatusAsync(Persona by)
    {
        using var response = await _app.As(by).ReadAsync($"/victims/{_victim}");
        return (int)response.StatusCode;
    }
}
