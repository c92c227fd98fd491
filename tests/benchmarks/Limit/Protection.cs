using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NationalReferral.Benchmarks;

/// <summary>What the limit program does about what protects: what is told of her, files, emergency access, blocks.</summary>
internal sealed partial class Limit
{
    /// <summary>What sealing adds to the bytes of a file.</summary>
    private const int SealBytes = 29;

    private const string HoldSql = "UPDATE victims SET access_version = access_version WHERE id = ?1";
    private const string LeadSql = "SELECT v.lead_agency_id, v.access_version, k.wrapped FROM victims v JOIN data_keys k ON k.id = v.key_id WHERE v.id = ?1";
    private const string FactsSql = "SELECT f.n, f.at, f.body, k.wrapped, (SELECT max(l.number) FROM law_releases l WHERE l.state = 'approved') AS release FROM age_facts f JOIN victims v ON v.id = f.victim_id JOIN data_keys k ON k.id = v.key_id WHERE f.victim_id = ?1 ORDER BY f.n DESC LIMIT 1";
    private const string RulesSql = """
        SELECT 'present' AS place, 'PK-PB-KSR' AS district, 'PK-PB' AS province, u.purpose, 'yes' AS answer, 'unverified' AS status, 18 AS benchmark,
               u.rule_id, u.jurisdiction, u.age_limit, u.sex, u.instrument_id, i.short_name, u.from_on, u.to_on, u.date_precision, u.kind, u.verify_by, u.note, u.confidence,
               u.release_number, i.status AS law_status
          FROM law_rules u
          JOIN law_instruments i ON i.release_number = u.release_number AND i.instrument_id = u.instrument_id
         WHERE u.release_number = (SELECT max(l.number) FROM law_releases l WHERE l.state = 'approved')
           AND u.jurisdiction IN ('PK', 'PK-PB')
           AND u.purpose <> 'marriage_male'
         GROUP BY u.purpose
        """;
    private const string EndCodeSql = "UPDATE follow_codes SET ended_at = ?2 WHERE subject_id = ?1 AND ended_at IS NULL";
    private const string FollowedSql = "SELECT f.subject_id, v.status, k.wrapped FROM follow_codes f JOIN victims v ON v.id = f.subject_id JOIN data_keys k ON k.id = v.key_id WHERE f.code_mac = ?1 AND f.ended_at IS NULL";
    private const string DoorSql = "SELECT v.id FROM victims v JOIN data_keys k ON k.id = v.key_id WHERE v.case_code = ?1";
    private const string TeamSql = "SELECT g.principal_id FROM grants g WHERE g.victim_id = ?1 AND g.source = 'team'";
    private const string SupervisorsSql = "SELECT DISTINCT m.worker_id FROM memberships m JOIN agency_tree t ON t.ancestor_id = m.agency_id WHERE t.descendant_id = ?1 AND m.roles LIKE '%supervisor%'";
    private const string OfficersSql = "SELECT DISTINCT m.worker_id FROM memberships m WHERE m.roles LIKE '%protection_officer%'";
    private const string OfficesSql = "SELECT DISTINCT m.agency_id FROM memberships m WHERE m.roles LIKE '%protection_officer%'";
    private const string BasisSql = "SELECT b.id, b.kind, b.status, b.detail, b.valid_from, b.valid_to, b.ended_at, b.supersedes_id, b.occurrence_id, b.recorded_at FROM bases b JOIN victims v ON v.id = b.victim_id JOIN data_keys k ON k.id = v.key_id WHERE b.id = ?1";
    private const string ScopesSql = "SELECT coalesce(s.group_code, s.purpose) AS says, a.id, a.name_en, a.name_ur FROM basis_scopes s LEFT JOIN agencies a ON a.id = s.agency_id WHERE s.basis_id = ?1";
    private const string BlockSql = "SELECT b.id, b.worker_id, w.display_name, b.reason_code, b.reason, b.from_at, b.lifted_at, b.watch_until FROM blocks b JOIN workers w ON w.id = b.worker_id JOIN victims v ON v.id = b.victim_id JOIN data_keys k ON k.id = v.key_id WHERE b.id = ?1";
    private const string FileSql = "SELECT d.*, a.media_type, a.size, v.access_version, k.id AS key_id, k.wrapped FROM records d JOIN attachments a ON a.record_id = d.id JOIN victims v ON v.id = d.victim_id JOIN data_keys k ON k.id = v.key_id WHERE d.id = ?1";
    private const string ChunksSql = "SELECT c.body FROM attachment_chunks c JOIN records d ON d.id = c.record_id WHERE c.record_id = ?1 ORDER BY c.number";
    private const string GlassSql = """
        SELECT e.id, e.victim_id, e.worker_id, e.agency_id, e.reason, e.groups, e.opened_at, e.answer, e.version, v.case_code, v.age_band, v.sex, v.district, w.display_name, a.name_en, a.name_ur, v.lead_agency_id, la.name_en AS lead_en, la.name_ur AS lead_ur,
               c.due_at, (SELECT max(g.to_at) FROM grants g WHERE g.source_id = e.id AND g.source = 'break_glass') AS until_at
          FROM break_glass e
          JOIN victims v ON v.id = e.victim_id
          JOIN workers w ON w.id = e.worker_id
          JOIN agencies a ON a.id = e.agency_id
          JOIN agencies la ON la.id = v.lead_agency_id
          JOIN clocks c ON c.subject_id = e.id
         WHERE e.id = ?1
        """;

    private static readonly string FactSql = Link.Insert("age_facts", "id, victim_id, n, at, body");
    private static readonly string NewBasisSql = Link.Insert("bases", "id, victim_id, kind, status, detail, valid_from, valid_to, recorded_by, recorded_at, version");
    private static readonly string ScopeSql = Link.Insert("basis_scopes", "id, basis_id, effect, purpose, group_code, agency_id");
    private static readonly string ApprovalSql = Link.Insert("approvals", "id, kind, subject_kind, subject_id, victim_id, agency_id, state, urgency, criteria, question, asked_by, asked_at, version");
    private static readonly string TermGrantSql = Link.Insert("grants", "id, victim_id, agency_id, audience, principal_id, group_code, source, source_id, from_at, to_at");
    private static readonly string CodeSql = Link.Insert("follow_codes", "id, code_mac, subject_kind, subject_id, code");
    private static readonly string MessageSql = Link.Insert("follow_messages", "id, subject_id, kind, body, at");
    private static readonly string AttachmentSql = Link.Insert("attachments", "record_id, media_type, size, chunks");
    private static readonly string ChunkSql = Link.Insert("attachment_chunks", "record_id, number, body");
    private static readonly string NewGlassSql = Link.Insert("break_glass", "id, victim_id, worker_id, agency_id, reason, groups, note, opened_at, version");
    private static readonly string NewBlockSql = Link.Insert("blocks", "id, victim_id, worker_id, reason_code, reason, set_by, from_at, version");
    private static readonly string KeptSql = Link.Insert("block_workers", "worker_id, block_id");

    /// <summary>A release of laws never changes: read once, as the product does.</summary>
    private byte[]? _rules;

    private Task AgeAsync(HttpContext http) => ChangeAsync(http, 200, (link, who, id, now, _) =>
    {
        link.Run(HoldSql, id);
        Journal(link, who, now, "age.read", "victim", id, id, "identity", """{"asOf":"2026-11-30","release":"1"}""");
        return Whole(id, json =>
        {
            Rows(link, json, FactsSql, id);
            json.WriteRawValue(_rules ??= Whole(id, rules => Rows(link, rules, RulesSql)), skipInputValidation: true);
        });
    });

    private async Task ConsentAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 201, (link, who, victim, now, key) =>
        {
            var basis = Basis(link, who, victim, draft.RootElement, draft.RootElement.GetProperty("recipients"), ("consent", "active"), now);
            link.Run(ClockSql, NewId(), "renew_basis", "basis", basis, victim, Lead(link, victim), "medium", now, Never, Never, "running", "none", 0L, 0L, "always", 1L);
            Journal(link, who, now, "basis.recorded", "basis", basis, victim, "minimum,identity", """{"kind":"consent","status":"active","capacity":"guardian_with_assent","relation":"mother"}""");
            link.Run(KeySql, who.WorkerId, key, "recordBasis", new byte[32], 201L, basis, now);
            return BasisOf(link, basis);
        });
    }

    private async Task OrderAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 201, (link, who, victim, now, key) =>
        {
            var (basis, approval) = (Basis(link, who, victim, draft.RootElement, draft.RootElement, ("court_order", "pending"), now), NewId());
            Journal(link, who, now, "basis.proposed", "basis", basis, victim, "minimum,identity", """{"kind":"court_order"}""");
            var lead = Lead(link, victim);
            link.Run(ApprovalSql, approval, "court_order", "basis", basis, victim, lead, "open", "high", "", new byte[60], who.WorkerId, now, 1L);
            link.Run(ClockSql, NewId(), "approval", "approval", approval, victim, lead, "high", now, Never, Never, "running", "none", 0L, 0L, "always", 1L);
            var cause = Journal(link, who, now, "approval.asked", "approval", approval, victim, null, """{"kind":"court_order","subjectKind":"basis"}""");
            Tell(link, who, link.Ids(SupervisorsSql, lead), "approval.asked", cause, ("approval", approval), victim, now);
            Oversee(link, victim, approval, now);
            Oversee(link, victim, basis, now);
            Tell(link, who, link.Ids(OfficersSql), "approval.asked", approval, ("approval", approval), victim, now);
            link.Run(KeySql, who.WorkerId, key, "proposeOrder", new byte[32], 201L, basis, now);
            return BasisOf(link, basis);
        });
    }

    /// <summary>Her turn, the basis, and a row for each thing that it says.</summary>
    private static byte[] Basis(Link link, Principal who, byte[] victim, JsonElement draft, JsonElement recipients, (string Kind, string Status) of, string now)
    {
        var id = Bytes(draft.GetProperty("id").GetString()!);
        link.Run(TurnSql, victim);
        link.Run(NewBasisSql, id, victim, of.Kind, of.Status, new byte[260], now, Never, who.WorkerId, now, 1L);
        link.Run(ScopeSql, NewId(), id, "allow", null, "minimum", null);
        foreach (var group in draft.GetProperty("groups").EnumerateArray())
        {
            link.Run(ScopeSql, NewId(), id, "allow", null, group.GetString(), null);
        }
        foreach (var purpose in draft.GetProperty("purposes").EnumerateArray())
        {
            link.Run(ScopeSql, NewId(), id, "allow", purpose.GetString(), null, null);
        }
        foreach (var agency in recipients.GetProperty("agencies").EnumerateArray())
        {
            link.Run(ScopeSql, NewId(), id, "allow", null, null, Bytes(agency.GetString()!));
        }
        link.Run(ScopeSql, NewId(), id, "except", null, null, who.UnitId);
        return id;
    }

    private static byte[] BasisOf(Link link, byte[] id) => Whole(id, json =>
    {
        Rows(link, json, BasisSql, id);
        Rows(link, json, ScopesSql, id);
    });

    private Task FollowCodeAsync(HttpContext http) => ChangeAsync(http, 200, (link, who, victim, now, key) =>
    {
        Lead(link, victim);
        link.Run(EndCodeSql, victim, now);
        var (id, code) = (NewId(), FollowCode.Make(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)))).Text);
        link.Run(CodeSql, id, Mac(code), "victim", victim, new byte[60]);
        Journal(link, who, now, "code.given", "victim", victim, victim, null, null);
        link.Run(KeySql, who.WorkerId, key, "giveFollowCode", new byte[32], 200L, id, now);
        return Encoding.UTF8.GetBytes($$"""{"followCode":"{{code}}"}""");
    });

    private async Task MessageAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        var code = Mac(draft.RootElement.GetProperty("followCode").GetString()!);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        await AnswerAsync(http, 200, await writer.WriteAsync(link =>
        {
            var (victim, now) = (One(link, FollowedSql, code), Now());
            link.Run(MessageSql, NewId(), victim, "message", new byte[90], now);
            link.Run(JournalSql, NewId(), now, null, null, null, "", "victim.spoke", "done", "victim", victim, victim, null, """{"kind":"message"}""");
            link.Run(KeySql, new byte[16], key, "followMessage", new byte[32], 200L, null, now);
            return """{"sent":true}"""u8.ToArray();
        }));
    }

    private static byte[] Mac(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private async Task AttachAsync(HttpContext http)
    {
        using var file = new MemoryStream();
        await http.Request.Body.CopyToAsync(file);
        var chunk = new byte[file.Length + SealBytes];
        file.ToArray().CopyTo(chunk, SealBytes);
        var id = Bytes(http.Request.Query["attachmentId"].ToString());
        await ChangeAsync(http, 201, (link, who, victim, now, key) =>
        {
            Lead(link, victim);
            link.Run(DocumentSql, id, victim, "attachment", "legal", 0L, who.WorkerId, now, now, new byte[60], 1L);
            link.Run(AttachmentSql, id, "application/pdf", file.Length, 1L);
            link.Run(ChunkSql, id, 0L, chunk);
            Journal(link, who, now, "record.added", "record", id, victim, "legal", """{"kind":"attachment"}""");
            link.Run(KeySql, who.WorkerId, key, "addAttachment", new byte[32], 201L, id, now);
            return Row(link, FileSql, id);
        });
    }

    private async Task OpenAsync(HttpContext http)
    {
        var id = Bytes((string)http.Request.RouteValues["attachmentId"]!);
        await ChangeAsync(http, 200, (link, who, victim, now, _) =>
        {
            Row(link, FileSql, id);
            link.Run(HoldSql, victim);
            Journal(link, who, now, "file.read", "record", id, victim, "legal", null);
            return One(link, ChunksSql, id)[SealBytes..];
        });
    }

    private async Task BreakGlassAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 201, (link, who, _, now, key) =>
        {
            var (id, victim) = (Bytes(draft.RootElement.GetProperty("id").GetString()!), One(link, DoorSql, draft.RootElement.GetProperty("caseCode").GetString()!));
            var lead = Lead(link, victim);
            link.Run(TurnSql, victim);
            link.Run(NewGlassSql, id, victim, who.WorkerId, who.UnitId, draft.RootElement.GetProperty("reason").GetString(), "identity", new byte[120], now, 1L);
            link.Run(TermGrantSql, NewId(), victim, who.UnitId, "principal", who.WorkerId, "minimum", "break_glass", id, now, Never);
            foreach (var group in draft.RootElement.GetProperty("groups").EnumerateArray())
            {
                link.Run(TermGrantSql, NewId(), victim, who.UnitId, "principal", who.WorkerId, group.GetString(), "break_glass", id, now, Never);
            }
            Oversee(link, victim, id, now);
            link.Run(ClockSql, NewId(), "break_glass_review", "break_glass", id, victim, lead, "high", now, Never, Never, "running", "none", 0L, 0L, "always", 1L);
            var cause = Journal(link, who, now, "breakglass.opened", "break_glass", id, victim, "identity", """{"reason":"medical_emergency"}""");
            Tell(link, who, [.. link.Ids(TeamSql, victim), .. link.Ids(SupervisorsSql, lead), .. link.Ids(OfficersSql)], "breakglass.opened", cause, ("break_glass", id), victim, now);
            link.Run(KeySql, who.WorkerId, key, "breakGlass", new byte[32], 201L, id, now);
            return Row(link, GlassSql, id);
        });
    }

    private async Task BlockAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 201, (link, who, victim, now, key) =>
        {
            byte[] Of(string name) => Bytes(draft.RootElement.GetProperty(name).GetString()!);
            var (id, worker) = (Of("id"), Of("workerId"));
            link.Run(TurnSql, victim);
            link.Run(NewBlockSql, id, victim, worker, draft.RootElement.GetProperty("reason").GetString(), new byte[70], who.WorkerId, now, 1L);
            link.Run(KeptSql, worker, id);
            Journal(link, who, now, "block.set", "block", id, victim, null, """{"reason":"related_to_perpetrator"}""");
            link.Run(KeySql, who.WorkerId, key, "setBlock", new byte[32], 201L, id, now);
            return Row(link, BlockSql, id);
        });
    }

    private static byte[] Lead(Link link, byte[] victim) => One(link, LeadSql, victim);

    /// <summary>It lies before the national office.</summary>
    private static void Oversee(Link link, byte[] victim, byte[] subject, string now)
    {
        foreach (var office in link.Ids(OfficesSql))
        {
            link.Run(TermGrantSql, NewId(), victim, office, "unit", null, "minimum", "oversight", subject, now, Never);
        }
    }

    /// <summary>Each of them once, and never whoever acts.</summary>
    private static void Tell(Link link, Principal who, IReadOnlyList<byte[]> whom, string kind, byte[] cause, (string Kind, byte[] Id) subject, byte[] victim, string now)
    {
        foreach (var worker in whom.DistinctBy(Convert.ToHexString).Where(worker => !worker.AsSpan().SequenceEqual(who.WorkerId)))
        {
            link.Run(NoticeSql, NewId(), worker, kind, cause, subject.Kind, subject.Id, victim, "none", now, now);
        }
    }
}
