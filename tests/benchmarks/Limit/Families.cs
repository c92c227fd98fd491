using System.Buffers;
using System.Text.Json;

namespace NationalReferral.Benchmarks;

/// <summary>What the limit program does with a family: the rows of one member, for each.</summary>
internal sealed partial class Limit
{
    private const string RegisteredSql = "SELECT v.*, d.group_code FROM victims v JOIN records d ON d.victim_id = v.id WHERE v.id = ?1";

    private const string MembersSql = """
        SELECT r.id, r.state, r.urgency, r.due_at, r.population, r.sex, r.age_band, r.district, r.changed_at, r.version, v.case_code, n.category,
               pa.name_en AS provider_en, pa.name_ur AS provider_ur, sa.name_en AS sender_en, sa.name_ur AS sender_ur, s.name_en AS service_en, s.name_ur AS service_ur
          FROM referrals r
          JOIN victims v ON v.id = r.victim_id
          JOIN needs n ON n.id = r.need_id
          JOIN agencies sa ON sa.id = r.sender_agency_id
          JOIN agencies pa ON pa.id = r.provider_agency_id
          JOIN services s ON s.id = r.service_id
         WHERE r.group_id = ?1
         ORDER BY r.created_at, r.id
        """;

    private const string MemberIdsSql = "SELECT r.id FROM referrals r WHERE r.group_id = ?1 ORDER BY r.victim_id";
    private const string ProviderSql = "SELECT s.agency_id FROM services s WHERE s.id = ?1";

    private static readonly string SealingSql = Link.Insert("data_keys", "id, subject_kind, subject_id, wrapped, kek, created_at");
    private static readonly string VictimSql = Link.Insert("victims", "id, person_id, household_id, case_code, lead_agency_id, status, identification, sex, age_band, age_status, district, languages, as_child, access_version, key_id, created_by, opened_at, changed_at, version");
    private static readonly string DocumentSql = Link.Insert("records", "id, victim_id, kind, group_code, restricted, author_id, at, changed_at, body, version");
    private static readonly string TokenSql = Link.Insert("tokens", "subject_id, kind, token, key_version, subject_kind");
    private static readonly string GroupSql = Link.Insert("referral_groups", "id, sender_agency_id, kind, together, created_by, created_at");
    private static readonly string MemberSql = Link.Insert("referrals", "id, group_id, victim_id, need_id, sender_agency_id, provider_agency_id, service_id, state, is_open, asked_urgency, urgency, reported_by, population, age_band, sex, district, constraints, flags, place, info_rounds, purpose, created_by, created_at, due_at, changed_at, version");

    private async Task IntakeAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 201, (link, who, _, now, key) =>
        {
            var household = NewId();
            byte[][] ids = [.. draft.RootElement.GetProperty("members").EnumerateArray().Select(member => Bytes(member.GetProperty("id").GetString()!))];
            foreach (var id in ids)
            {
                Register(link, who, id, household, now);
            }
            link.Run(KeySql, who.WorkerId, key, "intakeVictims", new byte[32], 201L, ids[0], now);
            return Whole(household, json =>
            {
                foreach (var id in ids)
                {
                    Rows(link, json, RegisteredSql, id);
                }
            });
        });
    }

    private static void Register(Link link, Principal who, byte[] id, byte[] household, string now)
    {
        var sealing = NewId();
        link.Run(SealingSql, sealing, "victim", id, new byte[60], "limit", now);
        link.Run(VictimSql, id, id, household, $"PB-26-{Convert.ToHexString(id.AsSpan(10))}", who.UnitId, "open", "unconfirmed", "female", "age_10_14", "estimated", "PK-PB-KSR", "", 1L, 1L, sealing, who.WorkerId, now, now, 1L);
        link.Run(GrantSql, NewId(), id, who.UnitId, "supervisors", null, "all", null, "lead", id, null, now);
        link.Run(GrantSql, NewId(), id, who.UnitId, "principal", who.WorkerId, "all", null, "team", id, null, now);
        link.Run(DocumentSql, NewId(), id, "identity", "identity", 0L, who.WorkerId, now, now, new byte[160], 1L);
        link.Run(FactSql, NewId(), id, 1L, now, new byte[120]);
        for (byte i = 0; i < Family.NameTokens; i++)
        {
            link.Run(TokenSql, id, "name", new byte[] { id[^1], i }, "limit", "victim");
        }
        Journal(link, who, now, "victim.registered", "victim", id, id, "identity", """{"district":"PK-PB-KSR","ageBand":"age_10_14","sex":"female"}""");
    }

    private async Task GroupDraftAsync(HttpContext http)
    {
        using var draft = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 201, (link, who, _, now, key) =>
        {
            var group = Bytes(draft.RootElement.GetProperty("id").GetString()!);
            link.Run(GroupSql, group, who.UnitId, "family", 1L, who.WorkerId, now);
            foreach (var member in draft.RootElement.GetProperty("members").EnumerateArray())
            {
                Draft(link, who, group, member, now);
            }
            link.Run(KeySql, who.WorkerId, key, "createReferralGroup", new byte[32], 201L, group, now);
            return Group(link, group);
        });
    }

    private static void Draft(Link link, Principal who, byte[] group, JsonElement member, string now)
    {
        byte[] Of(string name) => Bytes(member.GetProperty(name).GetString()!);
        var (id, victim, service) = (Of("id"), Of("victimId"), Of("serviceId"));
        link.Run(TurnSql, victim);
        link.Run(MemberSql, id, group, victim, Of("needId"), who.UnitId, One(link, ProviderSql, service), service, "draft", 1L, "medium", "medium", "provider", member.GetProperty("population").GetString(), "age_10_14", "female", "PK-PB-KSR", "", "", "none", 0L, "provide_service", who.WorkerId, now, Never, now, 1L);
        link.Run(GrantSql, NewId(), victim, who.UnitId, "principal", who.WorkerId, "minimum", null, "sender", id, null, now);
        link.Run(GrantSql, NewId(), victim, who.UnitId, "supervisors", null, "minimum", null, "sender", id, null, now);
        foreach (var piece in member.GetProperty("groups").EnumerateArray())
        {
            link.Run(ChoiceSql, NewId(), id, piece.GetString(), null, now);
        }
        Journal(link, who, now, "referral.created", "referral", id, victim, "identity", """{"urgency":"medium"}""");
    }

    private Task GroupSubmitAsync(HttpContext http) => ChangeAsync(http, 200, (link, who, group, now, key) =>
    {
        foreach (var id in link.Ids(MemberIdsSql, group))
        {
            Submit(link, who, id, now);
        }
        link.Run(KeySql, who.WorkerId, key, "submitReferralGroup", new byte[32], 200L, group, now);
        return Group(link, group);
    });

    private async Task GroupAnswerAsync(HttpContext http)
    {
        using var given = await JsonDocument.ParseAsync(http.Request.Body);
        await ChangeAsync(http, 200, (link, who, group, now, key) =>
        {
            foreach (var member in given.RootElement.GetProperty("members").EnumerateArray())
            {
                Accept(link, who, Bytes(member.GetProperty("referralId").GetString()!), now, member.GetProperty("population").GetString());
            }
            link.Run(KeySql, who.WorkerId, key, "answerReferralGroup", new byte[32], 200L, group, now);
            return Group(link, group);
        });
    }

    /// <summary>What the product's view of a group says, without what the caller may do.</summary>
    private static byte[] Group(Link link, byte[] group) => Whole(group, json => Rows(link, json, MembersSql, group));

    private static byte[] Whole(byte[] id, Action<Utf8JsonWriter> members)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("id", new Guid(id, bigEndian: true));
        json.WritePropertyName("members");
        json.WriteStartArray();
        members(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }

    private static byte[] One(Link link, string sql, object id)
    {
        using var row = link.Read(sql, id);
        row.Read();
        return (byte[])row[0];
    }
}
