using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A permission that runs out by itself in the thirty days after a service, while what was disclosed is still open.</summary>
public sealed class AfterServiceTests
{
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);

    [Test]
    public async Task Another_permission_takes_over_until_the_thirty_days_are_over()
    {
        await using var app = await TestApp.StartAsync();
        var referral = await GivenReferral.InAsync(app, "completed", basisTo: app.Clock.GetUtcNow() + TwoDays);
        var other = await GivenReferral.ConsentAsync(app, referral.VictimId, ["identity"], World.Shelter);

        var statuses = new List<int>();
        await ExpireAsync(app, TwoDays);
        statuses.Add(await StatusAsync(app, referral, "identity"));
        statuses.Add(await StatusAsync(app, referral, "health"));
        var receipt = await ReceiptAsync(app, referral);
        app.Clock.Advance(TimeSpan.FromDays(27));
        statuses.Add(await StatusAsync(app, referral, "identity"));
        app.Clock.Advance(TimeSpan.FromDays(1));
        statuses.Add(await StatusAsync(app, referral, "identity"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(statuses, Is.EqualTo(new[] { 200, 404, 200, 404 }));
            Assert.That(receipt, Is.EqualTo(new[] { ("identity", other) }));
        }
    }

    [Test]
    public async Task With_no_other_permission_the_receipt_ends_and_the_provider_is_told()
    {
        await using var app = await TestApp.StartAsync();
        var referral = await GivenReferral.InAsync(app, "completed", basisTo: app.Clock.GetUtcNow() + TwoDays);

        await ExpireAsync(app, TwoDays);
        var notices = await app.As(World.ShelterSupervisor).ReadAsync("/notifications").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatusAsync(app, referral, "identity"), Is.EqualTo(404));
            Assert.That(await ReceiptAsync(app, referral), Is.Empty);
            Assert.That(
                notices.GetProperty("items").EnumerateArray().Select(notice => notice.GetProperty("kind").GetString()), Does.Contain("disclosure.changed"));
        }
    }

    private static Task<int> ExpireAsync(TestApp app, TimeSpan after)
    {
        app.Clock.Advance(after);
        return app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None);
    }

    private static async Task<int> StatusAsync(TestApp app, GivenReferral referral, string group)
    {
        using var response = await app.As(World.ShelterDesk).ReadAsync($"/victims/{referral.VictimId}/{group}");
        return (int)response.StatusCode;
    }

    /// <returns>What the receipts say is disclosed and has no end, and under which permission.</returns>
    private static Task<(string, Guid)[]> ReceiptAsync(TestApp app, GivenReferral referral) => GivenReferral.ReadAsync(app, async work =>
        (await work.ListAsync<Row>(OpenSql, new { id = referral.Id }, CancellationToken.None)).Select(row => (row.GroupCode, row.BasisId)).ToArray());

    private const string OpenSql = """
        SELECT d.group_code, d.basis_id
          FROM disclosures d
         WHERE d.referral_id = @id
           AND d.ended_at IS NULL
        """;

    private sealed record Row
    {
        public required string GroupCode { get; init; }
        public required Guid BasisId { get; init; }
    }
}
