using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using NationalReferral.Identity;

namespace NationalReferral.Platform;

/// <summary>
/// Reads SQL texts as both databases would, without SQL Server: DacFx resolves names against the schema, a walk over
/// ScriptDom's tree guards the common subset, and SQLite prepares every text.
/// </summary>
internal sealed partial class SqlCheck : IDisposable
{
    private readonly List<string> _definitions;
    private readonly Dictionary<string, TableColumns> _tables;
    private readonly SqliteConnection _sqlite;

    private SqlCheck(string schema, SqliteConnection sqlite)
    {
        var tree = Parse(schema);
        _definitions = Definitions((TSqlScript)tree);
        _sqlite = sqlite;
        _tables = TableColumns.Of(tree);
    }

    /// <summary>Against the schema that this version migrates to.</summary>
    public static async Task<SqlCheck> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("referral-sql-");
        var options = new DatabaseOptions { ConnectionString = $"Data Source={folder.FullName}/check.db;Pooling=False" };
        await Migrations.RunAsync(options, CancellationToken.None);
        var sqlite = new SqliteConnection(options.ConnectionString);
        sqlite.Open();
        return new(SqlServerSchema(), sqlite);
    }

    /// <summary>Against the sign-in server's own schema.</summary>
    public static SqlCheck OfIdentity()
    {
        var sqlite = new SqliteConnection("Data Source=:memory:");
        sqlite.Open();
        using var schema = sqlite.CreateCommand();
        schema.CommandText = IdentitySchema.Text(isSqlServer: false);
        schema.ExecuteNonQuery();
        return new(IdentitySchema.Text(isSqlServer: true), sqlite);
    }

    /// <summary>The schema's scripts as SQL Server would run them.</summary>
    public static string SqlServerSchema() =>
        new SqlServerDialect().SchemaTokens.Aggregate(
            string.Join("\n", Migrations.Scripts().Select(script => script.Contents)),
            (text, token) => text.Replace($"${token.Key}$", token.Value, StringComparison.Ordinal));

    public static TSqlFragment Parse(string sql)
    {
        using var text = new StringReader(sql);
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(text, out var errors);
        return errors.Count == 0 ? tree : throw new FormatException(string.Join("; ", errors.Select(e => $"line {e.Line}: {e.Message}")));
    }

    /// <returns>By name of the text, what is wrong with it; texts without fault are absent.</returns>
    public ILookup<string, string> Mistakes(IReadOnlyDictionary<string, string> texts)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        foreach (var definition in _definitions)
        {
            model.AddObjects(definition);
        }
        var mistakes = new List<(string Name, string Mistake)>();
        var names = texts.Keys.ToList();
        foreach (var (name, sql) in texts)
        {
            mistakes.AddRange(Prepare(sql).Select(mistake => (name, mistake)));
            try
            {
                var subset = new SqlSubset(_tables);
                subset.Read(Parse(sql));
                mistakes.AddRange(subset.Mistakes.Select(mistake => (name, mistake)));
                var procedure = $"text_{names.IndexOf(name)}";
                model.AddOrUpdateObjects(Procedure(procedure, sql), procedure, new TSqlObjectOptions());
            }
            catch (Exception e) when (e is FormatException or DacModelException)
            {
                mistakes.Add((name, "T-SQL: " + e.Message));
            }
        }
        mistakes.AddRange(model.Validate().Select(m => (
            Subject().Match(m.Message) is { Success: true } match ? names[int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)] : "schema",
            $"T-SQL {m.Number}: {m.Message}")));
        return mistakes.ToLookup(m => m.Name, m => m.Mistake);
    }

    /// <returns>By name of the text, the tables that SQLite walks through from end to end because no index leads to what is asked.</returns>
    public ILookup<string, string> Walks(IReadOnlyDictionary<string, string> texts) =>
        texts.SelectMany(text => Plan(text.Value).Where(step => step.Index is null).Select(step => (text.Key, step.Table))).ToLookup(walk => walk.Key, walk => walk.Table);

    /// <returns>By name of the text, the indexes by which SQLite looks for what is said of one victim among all that somebody or an agency has; where it says so as <c>x.victim_id =</c>.</returns>
    public ILookup<string, string> Detours(IReadOnlyDictionary<string, string> texts) => texts
        .SelectMany(text => Plan(text.Value)
            .Where(step => step.Index is not null && Regex.IsMatch(text.Value, $@"(?<!IS NULL OR \(?)\b{step.Alias}\.victim_id = ") && Detour().IsMatch(step.Columns))
            .Select(step => (text.Key, Way: $"{step.Table} by {step.Index}")))
        .ToLookup(detour => detour.Key, detour => detour.Way);

    /// <summary>How SQLite reads each table of a text; no index where it walks through all of it.</summary>
    private List<(string Alias, string Table, string? Index, string Columns)> Plan(string sql)
    {
        var tables = Named().Matches(sql).ToLookup(match => match.Groups["alias"].Success ? match.Groups["alias"].Value : match.Groups["table"].Value, match => match.Groups["table"].Value);
        var steps = new List<(string, string, string?, string)>();
        using var command = _sqlite.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (Match parameter in Parameter().Matches(sql))
        {
            command.Parameters.AddWithValue(parameter.Value, DBNull.Value);
        }
        using var plan = command.ExecuteReader();
        while (plan.Read())
        {
            if (Step().Match(plan.GetString(3)) is { Success: true } step)
            {
                var index = step.Groups["index"];
                steps.AddRange(tables[step.Groups["alias"].Value].Distinct().Select(
                    table => (step.Groups["alias"].Value, table, index.Success ? index.Value : null, step.Groups["columns"].Value)));
            }
        }
        return steps;
    }

    [GeneratedRegex(@"\b(FROM|JOIN|INTO|UPDATE)\s+(?<table>[a-z_]+)(\s+(?!SET\b|ON\b|WHERE\b|JOIN\b|LEFT\b|ORDER\b|GROUP\b|VALUES\b)(?<alias>[a-z_]+))?")]
    private static partial Regex Named();

    [GeneratedRegex(@"@[A-Za-z0-9_]+")]
    private static partial Regex Parameter();

    /// <summary>Through an index of a part of the table (what waits, what is stale) is meant; through all rows is not.</summary>
    [GeneratedRegex(@"^(SCAN (?<alias>[a-z_]+)|SEARCH (?<alias>[a-z_]+) USING (COVERING )?INDEX (?<index>[a-z_0-9]+) \((?<columns>.*)\))( LEFT-JOIN)?$")]
    private static partial Regex Step();

    /// <summary>A stretch of time is short, whoever it is about.</summary>
    [GeneratedRegex(@"^(?!.*\b(victim_id|id|source_id|subject_id)=)[a-z_]+=\?( AND [a-z_]+=\?)*$")]
    private static partial Regex Detour();

    [GeneratedRegex(@"\[text_(?<number>\d+)\]")]
    private static partial Regex Subject();

    public void Dispose() => _sqlite.Dispose();

    private List<string> Prepare(string sql)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.Prepare();
            return [];
        }
        catch (SqliteException e)
        {
            return ["SQLite: " + e.Message];
        }
    }

    /// <summary>Tables as they stand after every script, for DacFx knows no ALTER TABLE; then the indexes.</summary>
    private static List<string> Definitions(TSqlScript schema)
    {
        var statements = schema.Batches.SelectMany(batch => batch.Statements).ToList();
        var added = statements.OfType<AlterTableAddTableElementStatement>()
            .ToLookup(s => s.SchemaObjectName.BaseIdentifier.Value, s => SqlSubset.Text(s.Definition), StringComparer.OrdinalIgnoreCase);
        var tables = statements.OfType<CreateTableStatement>().Select(s =>
            string.Join(", ", [SqlSubset.Text(s).TrimEnd(';')[..^1], .. added[s.SchemaObjectName.BaseIdentifier.Value]]) + ")");
        return [.. tables, .. statements.OfType<CreateIndexStatement>().Select(SqlSubset.Text)];
    }

    private static string Procedure(string name, string sql)
    {
        var parameters = SqlText.Of(sql).Parameters.Select(p => $"@{p} {TypeOf(p)}");
        return $"CREATE PROCEDURE [{name}] {string.Join(", ", parameters)} AS\n{sql};";
    }

    /// <summary>DacFx wants a type for each parameter; what a name promises is written down here.</summary>
    private static string TypeOf(string parameter) => parameter switch
    {
        "principal" or "unit" or "worker" or "id" or "after" or "caller" => "binary(16)",
        "supervises" => "bit",
        "now" or "since" or "until" or "before" => "datetime2(3)",
        "version" or "read" => "bigint",
        _ when parameter.EndsWith("Id", StringComparison.Ordinal) || parameter.EndsWith("Ids", StringComparison.Ordinal) => "binary(16)",
        _ when parameter.EndsWith("At", StringComparison.Ordinal) => "datetime2(3)",
        _ when parameter.EndsWith("On", StringComparison.Ordinal) => "date",
        _ when parameter.StartsWith("is", StringComparison.Ordinal) => "bit",
        _ => "nvarchar(4000)",
    };
}

/// <summary>What the walk must know of a table.</summary>
internal sealed record TableColumns(string Name, IReadOnlyList<ColumnDefinition> Columns)
{
    public IEnumerable<string> Needed => Columns.Where(IsNeeded).Select(c => c.ColumnIdentifier.Value);

    public static Dictionary<string, TableColumns> Of(TSqlFragment schema)
    {
        var found = new Finder();
        schema.Accept(found);
        return found.Columns
            .GroupBy(c => c.Table, c => c.Column, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => new TableColumns(g.Key, [.. g]), StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsNeeded(ColumnDefinition column) =>
        column.DefaultConstraint is null && column.IdentityOptions is null
        && column.Constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable);

    private sealed class Finder : TSqlFragmentVisitor
    {
        public List<(string Table, ColumnDefinition Column)> Columns { get; } = [];

        public override void Visit(CreateTableStatement node) => Add(node.SchemaObjectName, node.Definition);

        public override void Visit(AlterTableAddTableElementStatement node) => Add(node.SchemaObjectName, node.Definition);

        private void Add(SchemaObjectName table, TableDefinition definition) =>
            Columns.AddRange(definition.ColumnDefinitions.Select(c => (table.BaseIdentifier.Value, c)));
    }
}
