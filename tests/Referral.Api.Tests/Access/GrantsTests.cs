using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Whatever happens in whatever order, the grants that are stored are those that follow from bases, referrals, teams and transfers:
/// a small model, written apart from the product, says which.
/// </summary>
[NonParallelizable]
public sealed class GrantsTests
{
    private static readonly string[] Groups = ["identity", "contact", "health"];
    private static readonly Guid[] Providers = [World.Shelter, World.Hospital];

    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public Task Grants_recomputed_from_their_sources_are_the_grants_stored() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 100]).Array[4, 14].SampleAsync(
            async steps =>
            {
                var model = new Model(await _app.As(World.Officer).GivenVictimAsync());
                foreach (var (what, a, b, c) in steps)
                {
                    _app.Clock.Advance(TimeSpan.FromSeconds(1));
                    await StepAsync(model, what, a, b, c);
                    model.Settle(_app.Clock.GetUtcNow());
                    var (expected, stored) = (model.Expected(), await StoredAsync(model.Victim));
                    if (!expected.SequenceEqual(stored))
                    {
                        throw new AssertionException($"after step {what}\nexpected\n  {string.Join("\n  ", expected)}\nstored\n  {string.Join("\n  ", stored)}");
                    }
                }
            }, iter: 25, threads: 1);

    private Task StepAsync(Model model, int what, int a, int b, int c) => what switch
    {
        0 => RecordAsync(model, null, a, b, c),
        1 => SubmitAsync(model, a, b),
        2 => AcceptAsync(model, a),
        3 => WithdrawAsync(model, a, b),
        4 => ExpireAsync(),
        5 => TeamAsync(model),
        6 => TransferAsync(model, a, b),
        _ => model.Live(_app.Clock.GetUtcNow()) is { Count: > 0 } live ? RecordAsync(model, live[a % live.Count], a, b, c) : Task.CompletedTask,
    };

    private async Task RecordAsync(Model model, ModelBasis? replaced, int a, int b, int c)
    {
        var now = _app.Clock.GetUtcNow();
        var basis = new ModelBasis
        {
            Groups = Subset(a),
            Reach = b % 3 == 2 ? Providers : [Providers[b % 3]],
            Hidden = c % 9 == 8 ? World.Hospital : null,
            ValidTo = c % 3 == 0 ? now.AddMinutes(20 + c) : null,
        };
        var recipients = b % 3 == 2 ? """{"kinds":["shelter","health"],"districts":["PK-PB"]}""" : $$"""{"agencies":["{{Providers[b % 3]}}"]}""";
        var made = await _app.As(model.Lead).PostAsync($"/victims/{model.Victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
             "groups":{{JsonList(basis.Groups)}},"purposes":["provide_service"],"recipients":{{recipients}},
             "validTo":{{(basis.ValidTo is { } to ? $"\"{to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"" : "null")}},
             "hideFrom":{{(basis.Hidden is { } hidden ? $$"""{"agencies":["{{hidden}}"]}""" : "null")}},
             "supersedesId":{{(replaced is null ? "null" : $"\"{replaced.Id}\"")}}}
            """).JsonAsync(201);
        replaced?.End();
        model.Bases.Add(basis with { Id = made.GetProperty("id").GetGuid() });
    }

    private async Task SubmitAsync(Model model, int a, int b)
    {
        var (provider, groups) = (Providers[a % 2], Subset(b));
        var id = await CarriedReferrals.SubmitAsync(_app.Database, model.Victim, provider, groups, []);
        Assert.That(id is not null, Is.EqualTo(groups.Prepend(Piece.Minimum).All(group => model.Covers(provider, group, _app.Clock.GetUtcNow()))));
        if (id is { } made)
        {
            model.Referrals.Add(new ModelReferral(made, provider, [.. groups]));
        }
    }

    private async Task AcceptAsync(Model model, int a)
    {
        if (model.Referrals.Where(referral => referral is { IsOpen: true, IsAccepted: false }).ToArray() is { Length: > 0 } waiting)
        {
            var referral = waiting[a % waiting.Length];
            await CarriedReferrals.AcceptAsync(_app.Database, model.Victim, referral.Provider, referral.Id);
            referral.IsAccepted = true;
        }
    }

    private async Task WithdrawAsync(Model model, int a, int b)
    {
        if (model.Live(_app.Clock.GetUtcNow()) is not { Count: > 0 } live)
        {
            return;
        }
        var basis = live[a % live.Count];
        var groups = Subset(b).Intersect(basis.Groups).ToArray();
        var view = await _app.As(model.Lead).PostAsync(
            $"/victims/{model.Victim}/bases/{basis.Id}/withdraw", $$"""{"by":"mother","reason":"guardian_withdrew","groups":{{JsonList(groups)}}}""", "\"1\"").JsonAsync();
        basis.End();
        if (groups.Length > 0)
        {
            model.Bases.Add(basis with { Id = view.GetProperty("basis").GetProperty("id").GetGuid(), Groups = [.. basis.Groups.Except(groups)], IsEnded = false });
        }
    }

    private async Task ExpireAsync()
    {
        _app.Clock.Advance(TimeSpan.FromMinutes(30));
        while (await _app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None) > 0)
        {
        }
    }

    private async Task TeamAsync(Model model)
    {
        var colleague = model.Lead == World.PoliceSupervisor ? World.OtherOfficer : World.StrangerCaseworker;
        using var response = model.Team.Contains(colleague)
            ? await _app.As(model.Lead).SendAsync(HttpMethod.Delete, $"/victims/{model.Victim}/team/{colleague.Id}")
            : await _app.As(model.Lead).PostAsync($"/victims/{model.Victim}/team", $$"""{"workerId":"{{colleague.Id}}"}""");
        response.EnsureSuccessStatusCode();
        if (!model.Team.Remove(colleague))
        {
            model.Team.Add(colleague);
        }
    }

    private async Task TransferAsync(Model model, int a, int b)
    {
        var (from, to) = (model.Lead, model.Lead == World.PoliceSupervisor ? World.StrangerSupervisor : World.PoliceSupervisor);
        var stays = a % 2 == 0;
        var action = (b % 4) switch { 0 => "decline", 1 => "revoke", _ => "accept" };
        var id = await GivenTransfer.AskAsync(_app, from, GivenTransfer.Offer(model.Victim, Model.UnitOf(to), stays));
        using var response = await GivenTransfer.EndAsync(_app, action == "revoke" ? from : to, id, action);
        response.EnsureSuccessStatusCode();
        if (action == "accept")
        {
            model.Lead = to;
            model.Team.Clear();
            model.Stayed.RemoveAll(one => one.Agency == Model.UnitOf(to));
            if (stays)
            {
                model.Stayed.Add((Model.UnitOf(from), id));
            }
        }
    }

    private const string Stored = """
        SELECT concat(g.source, ' ', g.audience, ' ', g.group_code) AS what, g.agency_id, g.principal_id, g.source_id
          FROM grants g
         WHERE g.victim_id = @victim
           AND g.from_at <= @now
           AND (g.to_at IS NULL OR g.to_at > @now)
        """;

    private Task<string[]> StoredAsync(Guid victim) => _app.Database.ReadAsync(
        Caller.System,
        async work => (string[])[.. (await work.ListAsync<StoredGrant>(Stored, new { victim }, CancellationToken.None))
            .Select(row => $"{row.What} {row.AgencyId} {row.PrincipalId} {row.SourceId}").Order(StringComparer.Ordinal)],
        CancellationToken.None);

    private static string[] Subset(int bits) => [.. Groups.Where((_, i) => (bits >> i & 1) == 1)];

    private static string JsonList(IEnumerable<string> codes) => $"[{string.Join(',', codes.Select(code => $"\"{code}\""))}]";

    private sealed record StoredGrant
    {
        public required string What { get; init; }
        public required Guid AgencyId { get; init; }
        public Guid? PrincipalId { get; init; }
        public required Guid SourceId { get; init; }
    }

    private sealed record ModelBasis
    {
        public Guid Id { get; init; }
        public required string[] Groups { get; init; }
        public required Guid[] Reach { get; init; }
        public Guid? Hidden { get; init; }
        public DateTimeOffset? ValidTo { get; init; }
        public bool IsEnded { get; set; }

        public void End() => IsEnded = true;
    }

    private sealed record ModelReferral(Guid Id, Guid Provider, List<string> Carried)
    {
        public bool IsOpen { get; set; } = true;
        public bool IsAccepted { get; set; }
    }

    private sealed class Model(Guid victim)
    {
        public Guid Victim => victim;
        public List<ModelBasis> Bases { get; } = [];
        public List<ModelReferral> Referrals { get; } = [];

        /// <summary>A supervisor of who leads the case; those on the team; who stayed after leading it, and by which transfer.</summary>
        public Persona Lead { get; set; } = World.PoliceSupervisor;
        public List<Persona> Team { get; } = [World.Officer];
        public List<(Guid Agency, Guid Transfer)> Stayed { get; } = [];

        public static Guid UnitOf(Persona lead) => lead == World.PoliceSupervisor ? World.PoliceKasur : lead.AgencyId;

        public IReadOnlyList<ModelBasis> Live(DateTimeOffset now) => [.. Bases.Where(basis => !basis.IsEnded && !(basis.ValidTo <= now))];

        public bool Covers(Guid provider, string group, DateTimeOffset now) =>
            Live(now).All(basis => basis.Hidden != provider)
            && Live(now).Any(basis => basis.Reach.Contains(provider) && (group == Piece.Minimum || basis.Groups.Contains(group)));

        public void Settle(DateTimeOffset now)
        {
            foreach (var referral in Referrals.Where(referral => referral.IsOpen))
            {
                var lost = referral.Carried.Where(group => !Covers(referral.Provider, group, now)).ToArray();
                referral.IsOpen = Covers(referral.Provider, Piece.Minimum, now) && (lost.Length == 0 || lost.Length < referral.Carried.Count);
                referral.Carried.RemoveAll(lost.Contains);
            }
        }

        public string[] Expected() =>
        [
            .. new[] { $"lead supervisors all {UnitOf(Lead)}  {victim}" }
            .Concat(Team.Select(member => $"team principal all {member.AgencyId} {member.Id} {victim}"))
            .Concat(Stayed.Select(one => $"residual unit minimum {one.Agency}  {one.Transfer}"))
            .Concat(
                from referral in Referrals
                where referral.IsOpen
                from audience in new[] { "unit", "supervisors" }
                from piece in referral.IsAccepted ? referral.Carried.Prepend(Piece.Minimum) : [Piece.Minimum]
                select $"referral {audience} {piece} {referral.Provider}  {referral.Id}")
            .Order(StringComparer.Ordinal),
        ];
    }
}
