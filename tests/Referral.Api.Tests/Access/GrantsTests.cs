using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Whatever happens in whatever order, the grants that are stored are those that follow from bases of every kind, referrals, teams, transfers and emergencies:
/// a small model, written apart from the product, says which. And what a provider can read is what that model opens to it, each byte under a basis that is live.
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
        Gen.Select(Gen.Int[0, 14], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 100]).Array[4, 14].SampleAsync(
            async steps =>
            {
                var model = new Model(await _app.As(World.Officer).GivenVictimAsync());
                foreach (var (what, a, b, c) in steps)
                {
                    _app.Clock.Advance(TimeSpan.FromSeconds(1));
                    await StepAsync(model, what, a, b, c);
                    model.Settle(_app.Clock.GetUtcNow());
                    await AssertGrantsAsync(model, what);
                    await AssertReadsAsync(model, what);
                }
            }, iter: 25, threads: 1);

    /// <summary>Each is expected, none is missing, and whatever opens anything to a provider does so under a basis that is live and covers it.</summary>
    private async Task AssertGrantsAsync(Model model, int what)
    {
        var rows = await StoredAsync(model.Victim);
        string[] stored = [.. rows.Select(row => $"{row.What} {row.AgencyId} {row.PrincipalId} {row.SourceId}").Order(StringComparer.Ordinal)];
        var expected = model.Expected();
        if (!expected.SequenceEqual(stored))
        {
            throw new AssertionException($"after step {what}\nexpected\n  {string.Join("\n  ", expected)}\nstored\n  {string.Join("\n  ", stored)}");
        }
        var lawless = rows.Where(row => row.Source is "referral" or "order"
            && !model.Live(_app.Clock.GetUtcNow()).Any(basis => basis.Id == row.BasisId && basis.Reach.Contains(row.AgencyId) && (row.GroupCode == Piece.Minimum || basis.Groups.Contains(row.GroupCode))));
        Assert.That(lawless.Select(row => $"{row.What} {row.AgencyId}"), Is.Empty, $"after step {what}: under no live basis");
    }

    /// <summary>What a provider reads is what the model opens to it, and no byte more.</summary>
    private async Task AssertReadsAsync(Model model, int what)
    {
        foreach (var desk in new[] { World.ShelterDesk, World.HospitalDesk })
        {
            foreach (var group in Groups)
            {
                var status = await GivenTransfer.StatusAsync(_app, desk, $"/victims/{model.Victim}/{group}");
                Assert.That(status, Is.EqualTo(model.Opens(desk.AgencyId, group) ? 200 : 404), $"after step {what}: {desk} reads {group}");
            }
        }
    }

    private Task StepAsync(Model model, int what, int a, int b, int c) => what switch
    {
        0 => RecordAsync(model, null, a, b, c),
        1 => SubmitAsync(model, a, b),
        2 => AcceptAsync(model, a),
        3 => WithdrawAsync(model, a, b),
        4 => ExpireAsync(),
        5 => TeamAsync(model),
        6 => TransferAsync(model, a, b),
        8 => OrderAsync(model, null, a, b, c),
        9 => MoveOrderAsync(model, a, b, c),
        10 => DecisionAsync(model, a, b, c),
        11 => GuardianshipAsync(model),
        12 => EmergencyAsync(model, a, c),
        13 or 14 => BreakGlassAsync(model, a, b, c),
        _ => model.Consents(_app.Clock.GetUtcNow()) is { Count: > 0 } live ? RecordAsync(model, live[a % live.Count], a, b, c) : Task.CompletedTask,
    };

    private async Task RecordAsync(Model model, ModelBasis? replaced, int a, int b, int c)
    {
        var now = _app.Clock.GetUtcNow();
        var basis = new ModelBasis
        {
            Kind = "consent",
            Groups = Subset(a),
            Reach = b % 3 == 2 ? Providers : [Providers[b % 3]],
            Hidden = c % 9 == 8 ? World.Hospital : null,
            ValidTo = c % 3 == 0 ? now.AddMinutes(20 + c) : null,
        };
        var recipients = b % 3 == 2 ? """{"kinds":["shelter","health"],"districts":["PK-PB"]}""" : $$"""{"agencies":["{{Providers[b % 3]}}"]}""";
        var made = await _app.As(model.Lead).PostAsync($"/victims/{model.Victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"{{model.Speaker}}"},"capacity":"{{(model.IsAppointed ? "court_appointed_guardian" : "guardian_with_assent")}}","form":"signed","language":"urd","scriptVersion":"1",
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
        if (model.Consents(_app.Clock.GetUtcNow()) is not { Count: > 0 } live)
        {
            return;
        }
        var basis = live[a % live.Count];
        var groups = Subset(b).Intersect(basis.Groups).ToArray();
        var view = await _app.As(model.Lead).PostAsync(
            $"/victims/{model.Victim}/bases/{basis.Id}/withdraw", $$"""{"by":"{{model.Speaker}}","reason":"guardian_withdrew","groups":{{JsonList(groups)}}}""", "\"1\"").JsonAsync();
        basis.End();
        if (groups.Length > 0)
        {
            model.Bases.Add(basis with { Id = view.GetProperty("basis").GetProperty("id").GetGuid(), Groups = [.. basis.Groups.Except(groups)], IsEnded = false });
        }
    }

    private async Task OrderAsync(Model model, ModelBasis? amended, int a, int b, int c)
    {
        var now = _app.Clock.GetUtcNow();
        var order = new ModelBasis { Kind = "court_order", Groups = Subset(a), Reach = [Providers[b % 2]], ValidTo = now.AddMinutes(20 + c) };
        var body = $$"""
            {"court":"Sessions Court","orderNumber":"1","orderedOn":"2026-11-20","groups":{{JsonList(order.Groups)}},"purposes":["provide_service"],"agencies":["{{order.Reach[0]}}"],
             "validTo":"{{Moment(order.ValidTo.Value)}}","supersedesId":{{(amended is null ? "null" : $"\"{amended.Id}\"")}}}
            """;
        if (model.Hides(order.Reach[0], now))
        {
            using var refused = await _app.As(model.Lead).PostAsync($"/victims/{model.Victim}/orders", body);
            Assert.That((int)refused.StatusCode, Is.EqualTo(422), "She does not want this agency to know.");
            return;
        }
        var id = await GivenBasis.LiveByOfficeAsync(_app, model.Lead, model.Victim, "orders", body);
        amended?.End();
        model.Bases.Add(order with { Id = id });
    }

    /// <summary>A court stays an order, lets it run on, amends it or ends it.</summary>
    private async Task MoveOrderAsync(Model model, int a, int b, int c)
    {
        var now = _app.Clock.GetUtcNow();
        if (model.Bases.Where(basis => basis is { Kind: "court_order", IsEnded: false } && basis.ValidTo > now).ToArray() is not { Length: > 0 } orders)
        {
            return;
        }
        var order = orders[a % orders.Length];
        if (b % 4 == 0)
        {
            await OrderAsync(model, order, a, b / 4, c);
            return;
        }
        var action = b % 4 == 1 ? "end" : order.IsStayed ? "resume" : "stay";
        using var response = await GivenBasis.MoveAsync(_app, model.Lead, model.Victim, order.Id, action);
        response.EnsureSuccessStatusCode();
        order.IsStayed = action == "stay";
        if (action == "end")
        {
            order.End();
        }
    }

    private async Task DecisionAsync(Model model, int a, int b, int c)
    {
        var now = _app.Clock.GetUtcNow();
        if (c % 3 == 0 && model.Live(now).FirstOrDefault(basis => basis.Kind == "best_interests_decision") is { } stands)
        {
            using var response = await GivenBasis.MoveAsync(_app, model.Lead, model.Victim, stands.Id, "end");
            response.EnsureSuccessStatusCode();
            stands.End();
            return;
        }
        var decision = new ModelBasis { Kind = "best_interests_decision", Groups = Subset(a), Reach = Providers, Hidden = b % 9 == 8 ? World.Hospital : null, ValidTo = now.AddMinutes(20 + c) };
        var id = await GivenBasis.LiveByOfficeAsync(_app, model.Lead, model.Victim, "best-interests", $$"""
            {"ground":"guardian_absent","reason":"Nobody is there.","groups":{{JsonList(decision.Groups)}},"purposes":["provide_service"],"recipients":{"kinds":["shelter","health"],"districts":["PK-PB"]},
             "validTo":"{{Moment(decision.ValidTo.Value)}}","hideFrom":{{(decision.Hidden is { } hidden ? $$"""{"agencies":["{{hidden}}"]}""" : "null")}}}
            """);
        model.Bases.Add(decision with { Id = id });
    }

    private async Task GuardianshipAsync(Model model)
    {
        await _app.As(model.Lead).PostAsync(
            $"/victims/{model.Victim}/guardianships",
            """{"guardian":{"relation":"legal_guardian","name":"Invented"},"capacity":"court_appointed_guardian","authority":"Guardian Judge","orderedOn":"2026-11-20"}""").JsonAsync(201);
        foreach (var consent in model.Consents(_app.Clock.GetUtcNow()))
        {
            consent.End();
        }
        model.IsAppointed = true;
    }

    private async Task EmergencyAsync(Model model, int a, int c)
    {
        var emergency = new ModelBasis { Kind = "vital_interest", Groups = Subset(a), Reach = Providers, ValidTo = _app.Clock.GetUtcNow().AddHours(1 + (c % 3)) };
        var made = await _app.As(model.Lead).PostAsync($"/victims/{model.Victim}/emergencies", $$"""
            {"whyNotAsked":"She is unconscious.","hours":{{1 + (c % 3)}},"groups":{{JsonList(emergency.Groups)}},"recipients":{"kinds":["shelter","health"],"districts":["PK-PB"]} }
            """).JsonAsync(201);
        model.Bases.Add(emergency with { Id = made.GetProperty("id").GetGuid() });
    }

    /// <summary>A desk opens the case in an emergency, ends that, or is told that it was wrong.</summary>
    private async Task BreakGlassAsync(Model model, int a, int b, int c)
    {
        var desk = b % 2 == 0 ? World.ShelterDesk : World.HospitalDesk;
        if (model.Glasses.FirstOrDefault(glass => glass.By == desk && glass.Until > _app.Clock.GetUtcNow()) is { } open)
        {
            using var shut = c % 2 == 0
                ? await _app.As(desk).PostAsync($"/break-glass/{open.Id}/end", "")
                : await GivenBreakGlass.ReviewAsync(_app, model.Lead, open.Id, "not_justified", "He knows her uncle.");
            shut.EnsureSuccessStatusCode();
            open.Until = _app.Clock.GetUtcNow();
            open.OverseenUntil = c % 2 == 0 ? open.OverseenUntil : open.Until.AddDays(30);
            return;
        }
        var groups = Subset(a);
        var code = await GivenBreakGlass.CodeOfAsync(_app, model.Lead, model.Victim);
        var asked = GivenBreakGlass.OpenAsync(_app, desk, code, string.Join(',', groups.Select(group => $"\"{group}\"")));
        if (model.Hides(desk.AgencyId, _app.Clock.GetUtcNow()))
        {
            using var unknown = await asked;
            Assert.That((int)unknown.StatusCode, Is.EqualTo(404), "She does not want this agency to know.");
            return;
        }
        var made = await asked.JsonAsync(201);
        model.Glasses.Add(new ModelGlass(made.GetProperty("id").GetGuid(), desk, groups) { Until = _app.Clock.GetUtcNow().AddHours(4) });
    }

    private static string Moment(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";

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
        SELECT concat(g.source, ' ', g.audience, ' ', g.group_code) AS what, g.source, g.group_code, g.basis_id, g.agency_id, g.principal_id, g.source_id
          FROM grants g
         WHERE g.victim_id = @victim
           AND g.from_at <= @now
           AND (g.to_at IS NULL OR g.to_at > @now)
        """;

    private Task<IReadOnlyList<StoredGrant>> StoredAsync(Guid victim) =>
        _app.Database.ReadAsync(Caller.System, work => work.ListAsync<StoredGrant>(Stored, new { victim }, CancellationToken.None), CancellationToken.None);

    private static string[] Subset(int bits) => [.. Groups.Where((_, i) => (bits >> i & 1) == 1)];

    private static string JsonList(IEnumerable<string> codes) => $"[{string.Join(',', codes.Select(code => $"\"{code}\""))}]";

    private sealed record StoredGrant
    {
        public required string What { get; init; }
        public required string Source { get; init; }
        public required string GroupCode { get; init; }
        public Guid? BasisId { get; init; }
        public required Guid AgencyId { get; init; }
        public Guid? PrincipalId { get; init; }
        public required Guid SourceId { get; init; }
    }

    private sealed record ModelBasis
    {
        public Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string[] Groups { get; init; }
        public required Guid[] Reach { get; init; }
        public Guid? Hidden { get; init; }
        public DateTimeOffset? ValidTo { get; init; }
        public bool IsEnded { get; set; }
        public bool IsStayed { get; set; }

        public void End() => IsEnded = true;
    }

    private sealed record ModelReferral(Guid Id, Guid Provider, List<string> Carried)
    {
        public bool IsOpen { get; set; } = true;
        public bool IsAccepted { get; set; }
    }

    /// <summary>An emergency access; the national office hears of it until it is answered, of what was wrong for thirty days more.</summary>
    private sealed record ModelGlass(Guid Id, Persona By, string[] Groups)
    {
        public DateTimeOffset Until { get; set; }
        public DateTimeOffset OverseenUntil { get; set; } = DateTimeOffset.MaxValue;
    }

    private sealed class Model(Guid victim)
    {
        public Guid Victim => victim;
        public List<ModelBasis> Bases { get; } = [];
        public List<ModelReferral> Referrals { get; } = [];
        public List<ModelGlass> Glasses { get; } = [];

        /// <summary>A supervisor of who leads the case; those on the team; who stayed after leading it, and by which transfer.</summary>
        public Persona Lead { get; set; } = World.PoliceSupervisor;
        public List<Persona> Team { get; } = [World.Officer];
        public List<(Guid Agency, Guid Transfer)> Stayed { get; } = [];

        /// <summary>Somebody was appointed guardian, and speaks for her instead of her mother.</summary>
        public bool IsAppointed { get; set; }

        public string Speaker => IsAppointed ? "legal_guardian" : "mother";

        private DateTimeOffset Now { get; set; }

        public static Guid UnitOf(Persona lead) => lead == World.PoliceSupervisor ? World.PoliceKasur : lead.AgencyId;

        public IReadOnlyList<ModelBasis> Live(DateTimeOffset now) => [.. Bases.Where(basis => !basis.IsEnded && !basis.IsStayed && !(basis.ValidTo <= now))];

        public IReadOnlyList<ModelBasis> Consents(DateTimeOffset now) => [.. Live(now).Where(basis => basis.Kind == "consent")];

        public bool Hides(Guid agency, DateTimeOffset now) => Live(now).Any(basis => basis.Hidden == agency);

        public bool Covers(Guid provider, string group, DateTimeOffset now) =>
            Live(now).All(basis => basis.Hidden != provider)
            && Live(now).Any(basis => basis.Reach.Contains(provider) && (group == Piece.Minimum || basis.Groups.Contains(group)));

        public void Settle(DateTimeOffset now)
        {
            Now = now;
            foreach (var glass in Glasses.Where(glass => glass.Until > now && Hides(glass.By.AgencyId, now)))
            {
                glass.Until = now;
            }
            foreach (var referral in Referrals.Where(referral => referral.IsOpen))
            {
                var lost = referral.Carried.Where(group => !Covers(referral.Provider, group, now)).ToArray();
                referral.IsOpen = Covers(referral.Provider, Piece.Minimum, now) && (lost.Length == 0 || lost.Length < referral.Carried.Count);
                referral.Carried.RemoveAll(lost.Contains);
            }
        }

        /// <summary>An accepted referral carries it there, or an order names it.</summary>
        public bool Opens(Guid provider, string group) =>
            Referrals.Any(referral => referral is { IsOpen: true, IsAccepted: true } && referral.Provider == provider && referral.Carried.Contains(group))
            || Glasses.Any(glass => glass.By.AgencyId == provider && glass.Until > Now && glass.Groups.Contains(group))
            || Live(Now).Any(order => order.Kind == "court_order" && order.Reach[0] == provider && !Hides(provider, Now) && order.Groups.Contains(group));

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
            .Concat(
                from order in Live(Now)
                where order.Kind == "court_order" && !Hides(order.Reach[0], Now)
                from piece in order.Groups.Prepend(Piece.Minimum)
                select $"order unit {piece} {order.Reach[0]}  {order.Id}")
            .Concat(
                from order in Bases
                where order.Kind == "court_order" && !order.IsEnded && order.ValidTo > Now
                select $"oversight unit minimum {World.Office}  {order.Id}")
            .Concat(
                from glass in Glasses
                where glass.Until > Now
                from piece in glass.Groups.Prepend(Piece.Minimum)
                select $"break_glass principal {piece} {glass.By.AgencyId} {glass.By.Id} {glass.Id}")
            .Concat(Glasses.Where(glass => glass.OverseenUntil > Now).Select(glass => $"oversight unit minimum {World.Office}  {glass.Id}"))
            .Order(StringComparer.Ordinal),
        ];
    }
}
