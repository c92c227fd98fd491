using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What is told about somebody goes round them.</summary>
public sealed class RoutingTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_complaint_about_an_agency_goes_round_it_to_the_protection_officer()
    {
        var id = await TakeAsync(World.IntakeOperator, $$"""{"channel":"helpline","kind":"complaint","aboutAgencyId":"{{World.PoliceKasur}}","story":"They beat him."}""");

        var told = await _app.ToldAsync(World.ProtectionOfficer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SeersAsync(id), Is.EqualTo(new[] { World.ProtectionOfficer }));
            Assert.That(told.Select(one => one.GetProperty("subjectId").GetGuid()), Does.Contain(id));
        }
    }

    [Test]
    public async Task A_complaint_about_a_worker_goes_round_all_of_the_agency()
    {
        var id = await TakeAsync(World.StrangerSupervisor, $$"""{"channel":"walk_in","kind":"complaint","aboutWorkerId":"{{World.Officer.Id}}"}""");

        Assert.That(await SeersAsync(id), Is.EqualTo(new[] { World.ProtectionOfficer }));
    }

    [TestCase("Police Suparvisor", "police supervisor")]
    [TestCase("Nobody At All", null)]
    [TestCase("o", null)]
    public async Task Who_is_meant_is_found_by_name_and_nobody_else_is_named(string name, string? meant)
    {
        var found = await _app.As(World.IntakeOperator).PostAsync("/workers/match", $$"""{"agencyId":"{{World.Police}}","name":"{{name}}"}""").JsonAsync();
        var elsewhere = await _app.As(World.IntakeOperator).PostAsync("/workers/match", $$"""{"agencyId":"{{World.Hospital}}","name":"{{name}}"}""").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("displayName").GetString()).FirstOrDefault(), Is.EqualTo(meant));
            Assert.That(elsewhere.GetProperty("items").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task A_complaint_about_the_national_office_stays_where_it_was_told()
    {
        var about = await TakeAsync(World.StrangerSupervisor, $$"""{"channel":"walk_in","kind":"complaint","aboutAgencyId":"{{World.Office}}"}""");
        var person = await TakeAsync(World.StrangerSupervisor, $$"""{"channel":"walk_in","kind":"complaint","aboutWorkerId":"{{World.ProtectionOfficer.Id}}"}""");
        var within = await _app.As(World.ProtectionOfficer).PostAsync("/reports", $$"""{"channel":"walk_in","kind":"complaint","aboutAgencyId":"{{World.Office}}"}""").JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SeersAsync(about), Is.EqualTo(new[] { World.StrangerSupervisor }));
            Assert.That(await SeersAsync(person), Is.EqualTo(new[] { World.StrangerSupervisor }));
            Assert.That(within.GetProperty("code").GetString(), Is.EqualTo("nobody_independent"));
        }
    }

    [Test]
    public async Task What_happens_in_the_household_of_a_member_of_staff_is_hidden_from_that_person()
    {
        var id = await TakeAsync(World.IntakeOperator, $$"""{"channel":"helpline","aboutWorkerId":"{{World.PoliceSupervisor.Id}}","story":"The girl who works in his kitchen."}""");

        using var list = await _app.As(World.PoliceSupervisor).ReadAsync("/reports?show=all&limit=200");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SeersAsync(id), Is.EqualTo(new[] { World.IntakeOperator }));
            Assert.That(await list.Content.ReadAsStringAsync(), Does.Not.Contain(id.ToString()));
        }
    }

    [Test]
    public async Task Where_nobody_else_handles_reports_it_goes_to_the_protection_officer()
    {
        var id = await TakeAsync(World.PoliceClient, $$"""{"channel":"partner_system","aboutWorkerId":"{{World.Officer.Id}}"}""");

        Assert.That(await SeersAsync(id), Is.EqualTo(new[] { World.ProtectionOfficer }));
    }

    [Test]
    public async Task Nobody_writes_down_what_is_told_about_himself()
    {
        var own = await _app.As(World.IntakeOperator).PostAsync("/reports", $$"""{"channel":"helpline","aboutWorkerId":"{{World.IntakeOperator.Id}}"}""").JsonAsync(422);
        var unknown = await _app.As(World.IntakeOperator).PostAsync("/reports", $$"""{"channel":"helpline","kind":"complaint","aboutAgencyId":"{{Guid.NewGuid()}}"}""").JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("code").GetString(), Is.EqualTo("about_yourself"));
            Assert.That(unknown.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/aboutAgencyId"));
        }
    }

    private async Task<Guid> TakeAsync(Persona persona, string body) =>
        (await _app.As(persona).PostAsync("/reports", body).JsonAsync(201)).GetProperty("id").GetGuid();

    /// <summary>Everybody who can open it.</summary>
    private async Task<Persona[]> SeersAsync(Guid id)
    {
        var seers = new List<Persona>();
        foreach (var persona in World.Everybody)
        {
            using var answer = await _app.As(persona).ReadAsync($"/reports/{id}");
            if (answer.IsSuccessStatusCode)
            {
                seers.Add(persona);
            }
        }
        return [.. seers];
    }
}
