using System.Reflection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using NationalReferral.Identity;
using NUnit.Framework;

namespace NationalReferral.Platform;

public sealed class SqlTextsTests
{
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["a column that is not there"] = "SELECT nmae_en FROM agencies WHERE id = @id",
        ["a column of another table"] = "SELECT a.id, a.case_code FROM agencies a JOIN victims v ON v.lead_agency_id = a.id",
        ["a column in SET"] = "UPDATE agencies SET statsu = @status WHERE id = @id",
        ["a column in an INSERT"] = "INSERT INTO agency_tree (ancestor_id, descendant) VALUES (@ancestorId, @descendantId)",
        ["a table that is not there"] = "SELECT id FROM agences WHERE id = @id",
        ["an alias that is not there"] = "SELECT x.id FROM agencies a WHERE a.id = @id",
        ["a column of a CTE"] = "WITH mine AS (SELECT id FROM agencies WHERE id = @unit) SELECT m.name_en FROM mine m",
        ["LIMIT"] = "SELECT id FROM agencies ORDER BY id LIMIT 10",
        ["TOP"] = "SELECT TOP 10 id FROM agencies ORDER BY id",
        ["RETURNING"] = "DELETE FROM agency_tree WHERE ancestor_id = @id RETURNING ancestor_id",
        ["ON CONFLICT"] = "INSERT INTO agency_tree (ancestor_id, descendant_id) VALUES (@ancestorId, @descendantId) ON CONFLICT DO NOTHING",
        ["row values"] = "SELECT id FROM victims WHERE (opened_at, id) > (@at, @id)",
        ["length()"] = "SELECT id FROM agencies WHERE length(name_en) > 3",
        ["len()"] = "SELECT id FROM agencies WHERE len(name_en) > 3",
        ["two pipes"] = "SELECT name_en || name_ur AS name FROM agencies",
        ["a plus between texts"] = "SELECT name_en + ' ' AS name FROM agencies",
        ["a NOT NULL column left out"] = "INSERT INTO service_terms (service_id, kind) VALUES (@serviceId, @kind)",
        ["too few values"] = "INSERT INTO service_terms (service_id, kind, code) VALUES (@serviceId, @kind)",
        ["too few columns selected"] = "INSERT INTO service_terms (service_id, kind, code) SELECT id, category FROM services WHERE id = @id",
        ["a bare column beside GROUP BY"] = "SELECT kind, district, count(*) AS number FROM agencies GROUP BY kind",
        ["a bare column beside an aggregate"] = "SELECT kind, count(*) AS number FROM agencies",
        ["max of two"] = "SELECT max(licensed, reserved) AS most FROM capacity",
        ["sum of a bit"] = "SELECT sum(confidential) AS number FROM agencies",
        ["a comparison as a column"] = "SELECT id, kind = @kind FROM agencies",
        ["ORDER BY in a subquery"] = "SELECT id FROM agencies WHERE id IN (SELECT id FROM victims ORDER BY id)",
        ["a star"] = "SELECT * FROM agencies WHERE id = @id",
        ["two statements"] = "DELETE FROM agency_tree WHERE ancestor_id = @id; DELETE FROM agencies WHERE id = @id",
        ["an ambiguous column"] = "SELECT id FROM agencies a JOIN services s ON s.agency_id = a.id",
    };

    private static readonly Dictionary<string, string> Right = new()
    {
        ["ambient parameters"] = "SELECT id FROM agencies WHERE id = @unit AND (@supervises = 1 OR id = @principal OR id = @worker) AND terms_on < @now",
        ["a list"] = "SELECT id FROM agencies WHERE id IN (@ids)",
        ["a recursive CTE"] = """
            WITH up AS (
                SELECT id, parent_id FROM agencies WHERE id = @id
                 UNION ALL
                SELECT a.id, a.parent_id FROM agencies a JOIN up ON up.parent_id = a.id
            )
            SELECT id FROM up
            """,
        ["groups"] = "SELECT a.kind, count(*) AS number, sum(CASE WHEN a.confidential = 1 THEN 1 ELSE 0 END) AS hidden FROM agencies a GROUP BY a.kind ORDER BY number",
        ["insert when none"] = """
            INSERT INTO agency_tree (ancestor_id, descendant_id)
            SELECT a.id, @id
              FROM agencies a
             WHERE a.id = @ancestorId
               AND NOT EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = a.id AND t.descendant_id = @id)
            """,
        ["the common functions"] = """
            SELECT concat(name_en, ' ', name_ur) AS name, substring(name_en, 1, 2) AS head, coalesce(code, kind) AS code, nullif(kind, @kind) AS other,
                   iif(confidential = 1, 1, 0) AS hidden, CASE WHEN EXISTS (SELECT 1 FROM services s WHERE s.agency_id = agencies.id) THEN 1 ELSE 0 END AS serves,
                   row_number() OVER (PARTITION BY kind ORDER BY id) AS place
              FROM agencies
             WHERE name_en LIKE @prefix ESCAPE '!'
            """,
        ["a keyset page"] = "SELECT id, opened_at FROM victims WHERE opened_at > @at OR (opened_at = @at AND id > @id) ORDER BY opened_at, id",
    };

    private static SqlCheck _check = null!;
    private static ILookup<string, string> _examples = null!;

    [OneTimeSetUp]
    public static async Task Open()
    {
        _check = await SqlCheck.OpenAsync();
        _examples = _check.Mistakes(Wrong.Concat(Right).ToDictionary());
    }

    [OneTimeTearDown]
    public static void Close() => _check.Dispose();

    [Test]
    public void Every_text_of_the_product_reads_the_same_on_both_databases()
    {
        var texts = TextsOf(typeof(Database).Assembly);

        var mistakes = _check.Mistakes(texts);

        TestContext.Out.WriteLine($"{texts.Count} texts were checked.");
        Assert.That(mistakes.Select(m => $"{m.Key}: {string.Join("; ", m)}"), Is.Empty);
    }

    [Test]
    public void Every_text_of_the_sign_in_server_does_too()
    {
        using var check = SqlCheck.OfIdentity();
        var texts = TextsOf(typeof(IdentitySchema).Assembly);
        texts.Add("wrong on purpose", "SELECT purpose, bdy FROM identity_keys");

        var mistakes = check.Mistakes(texts);

        TestContext.Out.WriteLine($"{texts.Count - 1} texts of the sign-in server were checked.");
        Assert.That(mistakes.Select(m => m.Key), Is.EqualTo(new[] { "wrong on purpose" }), string.Join('\n', mistakes.Select(m => $"{m.Key}: {string.Join("; ", m)}")));
    }

    /// <summary>These hold what a country's offices are and say, not what happens to people: they stay small.</summary>
    private static readonly HashSet<string> Small =
    [
        "agencies", "agency_tree", "workers", "memberships", "logins", "services", "service_terms", "capacity", "holidays", "reference_loads", "protection_keys",
        "law_releases", "law_instruments", "law_rules", "clock_lengths",
    ];

    /// <summary>Nobody waits for a walk through every case there is: on SQLite the one writer would stand still as long.</summary>
    [Test]
    public void No_text_walks_through_a_table_that_grows()
    {
        var texts = TextsOf(typeof(Database).Assembly);
        texts.Add("walks on purpose", "SELECT c.id FROM clocks c WHERE c.calendar = @calendar");

        // A holiday that was just announced: every open deadline is looked at, once.
        texts.Remove("NationalReferral.ClockStore.MarkStaleSql");
        string[] walks = [.. _check.Walks(texts).Where(walk => walk.Any(table => !Small.Contains(table))).Select(walk => $"{walk.Key}: {string.Join(", ", walk)}")];

        Assert.That(walks, Is.EqualTo(new[] { "walks on purpose: clocks" }), string.Join('\n', walks));
    }

    [Test]
    public void What_is_asked_of_one_victim_is_not_looked_for_among_all_that_somebody_has()
    {
        var texts = TextsOf(typeof(Database).Assembly);
        texts.Add("a detour on purpose", "SELECT e.id FROM break_glass e JOIN victims v ON v.id = @id WHERE e.victim_id = v.id AND e.worker_id = @worker ORDER BY e.worker_id, e.opened_at, e.id");

        string[] detours = [.. _check.Detours(texts).Select(detour => $"{detour.Key}: {string.Join(", ", detour)}")];

        Assert.That(detours, Is.EqualTo(new[] { "a detour on purpose: break_glass by ix_break_glass_worker" }), string.Join('\n', detours));
    }

    private static Dictionary<string, string> TextsOf(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field.IsLiteral && field.FieldType == typeof(string) && field.Name.EndsWith("Sql", StringComparison.Ordinal))
        .ToDictionary(field => $"{field.DeclaringType!.FullName}.{field.Name}", field => (string)field.GetRawConstantValue()!);

    [TestCaseSource(nameof(WrongNames))]
    public void A_wrong_text_is_found(string name) => Assert.That(_examples[name], Is.Not.Empty, Wrong[name]);

    [TestCaseSource(nameof(RightNames))]
    public void A_portable_text_passes(string name) => Assert.That(_examples[name], Is.Empty, Right[name]);

    [Test]
    public void The_schema_leaves_nothing_to_a_default_of_one_database()
    {
        var columns = TableColumns.Of(SqlCheck.Parse(SqlCheck.SqlServerSchema())).Values.SelectMany(t => t.Columns.Select(c => (t.Name, Column: c)));

        using (Assert.EnterMultipleScope())
        {
            foreach (var (table, column) in columns)
            {
                var name = $"{table}.{column.ColumnIdentifier.Value}";
                Assert.That(column.Constraints.OfType<NullableConstraintDefinition>(), Is.Not.Empty, $"{name} says NULL or NOT NULL");
                Assert.That(column.Constraints.Where(c => c is not NullableConstraintDefinition && c.ConstraintIdentifier is null), Is.Empty, $"a constraint of {name} has no name");
                if (column.DataType is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar or SqlDataTypeOption.NChar })
                {
                    Assert.That(column.Collation?.Value, Is.EqualTo("Latin1_General_100_BIN2"), $"collation of {name}");
                }
            }
        }
    }

    private static List<string> WrongNames() => [.. Wrong.Keys];

    private static List<string> RightNames() => [.. Right.Keys];
}
