using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.IdentityModel.Tokens;

namespace NationalReferral.Benchmarks;

/// <summary>
/// What this machine can do: Kestrel and Microsoft.Data.Sqlite, the product's own tables on the product's own data, the same
/// token check, the same rows in shared commits, answers that say as much. No rules, no visibility, no lifecycle, no sealing, and words
/// stay sealed.
/// </summary>
internal sealed partial class Limit(Tokens tokens, SharedWriter writer, string file)
{
    private const string ReferralSql = """
        SELECT r.*, v.case_code, n.category, sa.name_en AS sender_en, sa.name_ur AS sender_ur, pa.name_en AS provider_en, pa.name_ur AS provider_ur,
               s.name_en AS service_en, s.name_ur AS service_ur, c.kind, c.due_at AS clock_due_at, c.started_at AS clock_started_at, c.state AS clock_state, c.stage
          FROM referrals r
          JOIN victims v ON v.id = r.victim_id
          JOIN needs n ON n.id = r.need_id
          JOIN agencies sa ON sa.id = r.sender_agency_id
          JOIN agencies pa ON pa.id = r.provider_agency_id
          JOIN services s ON s.id = r.service_id
          LEFT JOIN clocks c ON c.subject_id = r.id AND c.state = 'running' AND c.due_at = r.due_at
         WHERE r.id = ?1
        """;
    private const string PiecesSql = "SELECT x.group_code, x.record_id, d.kind FROM disclosures x LEFT JOIN records d ON d.id = x.record_id WHERE x.referral_id = ?1";
    private const string RecordSql = "SELECT d.*, k.wrapped FROM records d JOIN victims v ON v.id = d.victim_id JOIN data_keys k ON k.id = v.key_id WHERE d.victim_id = ?1 AND d.kind = ?2";
    private const string TurnSql = "UPDATE victims SET access_version = access_version + 1 WHERE id = ?1";
    private const string SubmitSql = "UPDATE referrals SET state = 'submitted', first_submitted_at = ?2, submitted_at = ?2, due_at = ?2, changed_at = ?2, version = version + 1 WHERE id = ?1";
    private const string AcceptSql = "UPDATE referrals SET state = 'accepted', acknowledged_at = ?2, answered_at = ?2, population = ?3, place = ?4, due_at = ?5, changed_at = ?2, version = version + 1 WHERE id = ?1";
    private const string ReserveSql = "UPDATE capacity SET reserved = reserved + 1, version = version + 1 WHERE service_id = ?1 AND population = ?2";
    private const string MeetSql = "UPDATE clocks SET state = 'met', next_at = NULL, version = version + 1 WHERE subject_id = ?1 AND kind = ?2";
    private const string OpenSql = "UPDATE disclosures SET opened_at = ?2, basis_id = ?3, record_version = 1 WHERE referral_id = ?1";
    private const string ChosenSql = "SELECT group_code, record_id FROM disclosures WHERE referral_id = ?1";
    private const string DeskSql = "SELECT m.worker_id FROM memberships m WHERE m.agency_id = ?1 AND (m.roles LIKE '%provider%' OR m.roles LIKE '%supervisor%')";
    private const string Never = "9999-12-31 00:00:00.000";

    private static readonly string NewReferralSql = Link.Insert("referrals", "id, victim_id, need_id, sender_agency_id, provider_agency_id, service_id, state, is_open, asked_urgency, urgency, reported_by, age_band, sex, district, constraints, flags, place, info_rounds, purpose, created_by, created_at, due_at, changed_at, version");
    private static readonly string GrantSql = Link.Insert("grants", "id, victim_id, agency_id, audience, principal_id, group_code, record_id, source, source_id, basis_id, from_at");
    private static readonly string ChoiceSql = Link.Insert("disclosures", "id, referral_id, group_code, record_id, chosen_at");
    private static readonly string ClockSql = Link.Insert("clocks", "id, kind, subject_kind, subject_id, victim_id, agency_id, urgency, started_at, due_at, next_at, state, stage, spent_minutes, pauses, calendar, version");
    private static readonly string NoticeSql = Link.Insert("notifications", "id, worker_id, kind, cause_id, subject_kind, subject_id, victim_id, stage, due_at, at");
    private static readonly string JournalSql = Link.Insert("journal", "id, at, access_version, worker_id, agency_id, role, action, outcome, subject_kind, subject_id, victim_id, groups, facts");
    private static readonly string KeySql = Link.Insert("idempotency", "caller_id, idem_key, operation, body_mac, status, resource_id, at");

    private readonly ConcurrentStack<Link> _readers = new();

    /// <param name="arguments">The database, the address to serve on, whose tokens count.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using var client = new HttpClient();
        var keys = new JsonWebKeySet(await client.GetStringAsync($"{arguments[2]}jwks"));
        var limit = new Limit(new(arguments[2], keys), new(arguments[0]), arguments[0]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(arguments[1]);
        var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Text("ready"));
        app.MapGet("/api/v1/referrals/{id}", limit.GetAsync);
        app.MapGet("/api/v1/victims/{id}/{group}", limit.GroupAsync);
        app.MapPost("/api/v1/referrals", limit.CreateAsync);
        app.MapPost("/api/v1/referrals/{id}/submit", limit.SubmitAsync);
        app.MapPost("/api/v1/referrals/{id}/accept", limit.AcceptAsync);
        app.MapPost("/api/v1/victims/intake", limit.IntakeAsync);
        app.MapPost("/api/v1/referral-groups", limit.GroupDraftAsync);
        app.MapPost("/api/v1/referral-groups/{id}/submit", limit.GroupSubmitAsync);
        app.MapPost("/api/v1/referral-groups/{id}/answer", limit.GroupAnswerAsync);
        app.MapGet("/api/v1/victims/{id}/age", limit.AgeAsync);
        app.MapPost("/api/v1/victims/{id}/bases", limit.ConsentAsync);
        app.MapPost("/api/v1/victims/{id}/orders", limit.OrderAsync);
        app.MapPost("/api/v1/victims/{id}/follow-code", limit.FollowCodeAsync);
        app.MapPost("/api/v1/public/codes/messages", limit.MessageAsync);
        app.MapPost("/api/v1/victims/{id}/attachments", limit.AttachAsync);
        app.MapGet("/api/v1/victims/{id}/attachments/{attachmentId}", limit.OpenAsync);
        app.MapPost("/api/v1/break-glass", limit.BreakGlassAsync);
        app.MapPost("/api/v1/victims/{id}/blocks", limit.BlockAsync);
        await app.RunAsync();
    }

    public static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private async Task GetAsync(HttpContext http)
    {
        var link = _readers.TryPop(out var idle) ? idle : new(file);
        byte[]? body = null;
        if (await tokens.CheckAsync(http.Request.Headers.Authorization.ToString(), link) is not null)
        {
            body = Referral(link, Id(http));
        }
        _readers.Push(link);
        await AnswerAsync(http, 200, body);
    }

    private Task GroupAsync(HttpContext http) => ChangeAsync(http, 200, (link, who, id, now, _) =>
    {
        var group = (string)http.Request.RouteValues["group"]!;
        var body = Row(link, RecordSql, id, group);
        Journal(link, who, now, "record.read", "record", id, id, group, null);
        return body;
    });

    private async Task CreateAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 201, (link, who, _, now, key) =>
        {
            byte[] Of(string name) => Bytes(draft.RootElement.GetProperty(name).GetString()!);
            var (id, victim) = (NewId(), Of("victimId"));
            link.Run(TurnSql, victim);
            link.Run(NewReferralSql, id, victim, Of("needId"), who.UnitId, who.UnitId, Of("serviceId"), "draft", 1L, "medium", "medium", "provider", "age_10_14", "female", "PK-PB-KSR", "", "", "none", 0L, "provide_service", who.WorkerId, now, Never, now, 1L);
            link.Run(GrantSql, NewId(), victim, who.UnitId, "principal", who.WorkerId, "minimum", null, "sender", id, null, now);
            link.Run(GrantSql, NewId(), victim, who.UnitId, "supervisors", null, "minimum", null, "sender", id, null, now);
            foreach (var group in draft.RootElement.GetProperty("groups").EnumerateArray())
            {
                link.Run(ChoiceSql, NewId(), id, group.GetString(), null, now);
            }
            foreach (var record in draft.RootElement.GetProperty("records").EnumerateArray())
            {
                link.Run(ChoiceSql, NewId(), id, "protection", Bytes(record.GetString()!), now);
            }
            Journal(link, who, now, "referral.created", "referral", id, victim, "identity,contact", """{"urgency":"medium"}""");
            link.Run(KeySql, who.WorkerId, key, "createReferral", new byte[32], 201L, id, now);
            return Referral(link, id);
        });
    }

    private Task SubmitAsync(HttpContext http) => ChangeAsync(http, 200, (link, who, id, now, key) =>
    {
        Submit(link, who, id, now);
        link.Run(KeySql, who.WorkerId, key, "actOnReferral", new byte[32], 200L, id, now);
        return Referral(link, id);
    });

    private static void Submit(Link link, Principal who, byte[] id, string now)
    {
        var (victim, _, provider, _) = Find(link, id);
        link.Run(TurnSql, victim);
        link.Run(SubmitSql, id, now);
        foreach (var (kind, due) in new[] { ("acknowledge", now), ("decide", Never) })
        {
            link.Run(ClockSql, NewId(), kind, "referral", id, victim, provider, "medium", now, due, Never, "running", "none", 0L, 0L, "always", 1L);
        }
        foreach (var audience in new[] { "unit", "supervisors" })
        {
            link.Run(GrantSql, NewId(), victim, provider, audience, null, "minimum", null, "referral", id, victim, now);
        }
        var cause = Journal(link, who, now, "referral.submitted", "referral", id, victim, null, """{"from":"draft","to":"submitted","party":"sender"}""");
        foreach (var worker in link.Ids(DeskSql, provider))
        {
            link.Run(NoticeSql, NewId(), worker, "referral.submitted", cause, "referral", id, victim, "none", now, now);
        }
    }

    private async Task AcceptAsync(HttpContext http)
    {
        using var given = await JsonDocument.ParseAsync(http.Request.Body);
        var population = given.RootElement.TryGetProperty("population", out var named) ? named.GetString() : null;
        await ChangeAsync(http, 200, (link, who, id, now, key) =>
        {
            Accept(link, who, id, now, population);
            link.Run(KeySql, who.WorkerId, key, "actOnReferral", new byte[32], 200L, id, now);
            return Referral(link, id);
        });
    }

    private static void Accept(Link link, Principal who, byte[] id, string now, string? population)
    {
        var (victim, sender, provider, service) = Find(link, id);
        link.Run(TurnSql, victim);
        link.Run(MeetSql, id, "acknowledge");
        link.Run(MeetSql, id, "decide");
        link.Run(ClockSql, NewId(), "start", "referral", id, victim, provider, "medium", now, Never, Never, "running", "none", 0L, 0L, "always", 1L);
        link.Run(AcceptSql, id, now, population, population is null ? "none" : "reserved", Never);
        if (population is not null)
        {
            link.Run(ReserveSql, service, population);
        }
        var chosen = new List<(string Group, object? Record)>();
        using (var rows = link.Read(ChosenSql, id))
        {
            while (rows.Read())
            {
                chosen.Add((rows.GetString(0), rows.IsDBNull(1) ? null : rows[1]));
            }
        }
        foreach (var (group, record) in chosen)
        {
            link.Run(GrantSql, NewId(), victim, provider, "unit", null, group, record, "referral", id, victim, now);
            link.Run(GrantSql, NewId(), victim, provider, "supervisors", null, group, record, "referral", id, victim, now);
        }
        link.Run(OpenSql, id, now, victim);
        var cause = Journal(link, who, now, "referral.accepted", "referral", id, victim, "identity,contact", """{"from":"submitted","to":"accepted","party":"provider"}""");
        link.Run(NoticeSql, NewId(), sender, "referral.accepted", cause, "referral", id, victim, "none", null, now);
    }

    private static (byte[] Victim, byte[] Sender, byte[] Provider, byte[] Service) Find(Link link, byte[] id)
    {
        using var row = link.Read("SELECT r.victim_id, r.created_by, s.agency_id, r.service_id FROM referrals r JOIN services s ON s.id = r.service_id WHERE r.id = ?1", id);
        row.Read();
        return ((byte[])row[0], (byte[])row[1], (byte[])row[2], (byte[])row[3]);
    }

    private static byte[] Journal(Link link, Principal who, string now, string action, string kind, byte[] subject, byte[] victim, string? groups, string? facts)
    {
        var id = NewId();
        link.Run(JournalSql, id, now, 1L, who.WorkerId, who.UnitId, who.Roles, action, "done", kind, subject, victim, groups, facts);
        return id;
    }

    private async Task ChangeAsync(HttpContext http, int status, Func<Link, Principal, byte[], string, string, byte[]> change)
    {
        var link = _readers.TryPop(out var idle) ? idle : new(file);
        var who = await tokens.CheckAsync(http.Request.Headers.Authorization.ToString(), link);
        _readers.Push(link);
        var id = http.Request.RouteValues.ContainsKey("id") ? Id(http) : [];
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        await AnswerAsync(http, status, who is null ? null : await writer.WriteAsync(with => change(with, who, id, Now(), key)));
    }

    private static async Task AnswerAsync(HttpContext http, int status, byte[]? body)
    {
        http.Response.StatusCode = body is null ? 401 : status;
        if (body is not null)
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ETag = "\"1\"";
            http.Response.ContentLength = body.Length;
            await http.Response.BodyWriter.WriteAsync(body);
        }
    }

    /// <summary>What the product's view says, without what the caller may do: the referral, its names and clock, what it carries.</summary>
    private static byte[] Referral(Link link, byte[] id)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WritePropertyName("referral");
        Rows(link, json, ReferralSql, id);
        json.WritePropertyName("pieces");
        json.WriteStartArray();
        Rows(link, json, PiecesSql, id);
        json.WriteEndArray();
        json.WriteString("id", new Guid(id, bigEndian: true));
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }

    private static byte[] Row(Link link, string sql, params ReadOnlySpan<object?> values)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body);
        Rows(link, json, sql, values);
        json.Flush();
        return body.WrittenSpan.ToArray();
    }

    /// <summary>Each row an object, whatever its columns.</summary>
    private static void Rows(Link link, Utf8JsonWriter json, string sql, params ReadOnlySpan<object?> values)
    {
        using var row = link.Read(sql, values);
        while (row.Read())
        {
            Write(json, row);
        }
    }

    private static void Write(Utf8JsonWriter json, SqliteDataReader row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.FieldCount; i++)
        {
            json.WritePropertyName(row.GetName(i));
            switch (row.GetValue(i))
            {
                case byte[] { Length: 16 } id: json.WriteStringValue(new Guid(id, bigEndian: true)); break;
                case byte[] bytes: json.WriteBase64StringValue(bytes); break;
                case string text: json.WriteStringValue(text); break;
                case long number: json.WriteNumberValue(number); break;
                default: json.WriteNullValue(); break;
            }
        }
        json.WriteEndObject();
    }

    private static byte[] Id(HttpContext http) => Bytes((string)http.Request.RouteValues["id"]!);

    private static byte[] Bytes(string id) => Guid.Parse(id).ToByteArray(bigEndian: true);

    private static byte[] NewId() => Guid.CreateVersion7().ToByteArray(bigEndian: true);
}
