using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Random lives: papers, disputes, decisions, months that pass. After every step, whoever is disputed, or may be under 18, is
/// treated as a child in what the case shows, in the answer, in what she may allow and in where she may be sent.
/// </summary>
public sealed class AgeWalkTests
{
    private const int Walks = 24;
    private const int Steps = 10;

    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync("UPDATE services SET min_age = 18 WHERE id = @id", new { id = World.HospitalService }, CancellationToken.None));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task At_no_instant_is_somebody_disputed_or_perhaps_under_18_counted_as_adult([Range(1, Walks)] int seed)
    {
        var random = new Random(seed);
        var victim = await GivenAge.RegisteredAsync(_app, """{"years":17}""");
        var need = (await _app.As(World.Officer).PostAsync($"/victims/{victim}/needs", """{"category":"medical_care","urgency":"high"}""").JsonAsync(201)).GetProperty("id").GetGuid();
        var (isDisputed, written, decided) = (false, Age.About(17, Today), (Age?)null);
        for (var step = 0; step < Steps; step++)
        {
            _app.Clock.Advance(TimeSpan.FromMinutes(1));
            switch (random.Next(5))
            {
                case 0:
                    var born = Today.AddYears(-random.Next(16, 20)).AddDays(random.Next(-40, 40));
                    await GivenAge.PutAsync(_app, victim, "identity", $$$"""{"birth":{"on":"{{{Day(born)}}}","evidence":"b_form_crc"}}""");
                    written = Age.Documented(born);
                    break;
                case 1:
                    await GivenAge.DisputeAsync(_app, victim);
                    isDisputed = true;
                    break;
                case 2 or 3:
                    var papered = Today.AddYears(-random.Next(16, 20)).AddDays(random.Next(-40, 40));
                    var paper = await GivenAge.EvidenceAsync(_app, victim, "birth_certificate", $"\"bornOn\":\"{Day(papered)}\"");
                    var others = (await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/records?kind=age_evidence")).Select(one => one.GetProperty("id").GetGuid());
                    await GivenAge.DetermineAsync(_app, victim, [paper], [.. others.Where(other => other != paper)]).JsonAsync(201);
                    (isDisputed, decided) = (false, Age.Documented(papered));
                    break;
                default:
                    _app.Clock.Advance(TimeSpan.FromDays(random.Next(1, 200)));
                    await _app.Services.GetRequiredService<AgeRenewal>().RunAsync(CancellationToken.None);
                    break;
            }
            await AssertProtectedAsync(victim, need, isDisputed, decided ?? written, $"step {step}");
        }
    }

    private DateOnly Today => Karachi.DateOf(_app.Clock.GetUtcNow());

    private async Task AssertProtectedAsync(Guid victim, Guid need, bool isDisputed, Age age, string at)
    {
        var mustProtect = isDisputed || age.AsChildOn(Today);
        var asChild = await GivenAge.AsChildAsync(_app, victim);
        var answer = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/age?purpose=majority").JsonAsync();
        var referred = await _app.As(World.Officer).PostAsync("/referrals", $$"""
            {"victimId":"{{victim}}","needId":"{{need}}","serviceId":"{{World.HospitalService}}","groups":["identity"]}
            """).JsonAsync(asChild ? 422 : 201);
        var allowed = await _app.As(World.Officer).PostAsync($"/victims/{victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"self"},"capacity":"self","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
            """).JsonAsync(mustProtect ? 422 : 201);

        Assert.That(!mustProtect || asChild, $"{at}: the case");
        Assert.That(answer.GetProperty("protectiveAnswer").GetProperty("asChild").GetBoolean(), Is.EqualTo(mustProtect), $"{at}: the answer");
        Assert.That(!isDisputed || answer.GetProperty("rows").EnumerateArray().All(row => row.GetProperty("answer").GetString() == "may_be"), $"{at}: the laws");
        Assert.That((referred.TryGetProperty("code", out _), allowed.TryGetProperty("code", out _)), Is.EqualTo((asChild, mustProtect)), at);
    }

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
