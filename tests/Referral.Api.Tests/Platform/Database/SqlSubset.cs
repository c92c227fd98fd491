using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace NationalReferral.Platform;

/// <summary>What one grammar accepts and the other reads otherwise, and what neither notices before it runs.</summary>
internal sealed class SqlSubset(Dictionary<string, TableColumns> tables) : TSqlFragmentVisitor
{
    private static readonly HashSet<string> Aggregates = new(["count", "sum", "min", "max", "avg", "string_agg"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Functions = new(
        ["concat", "substring", "replace", "abs", "row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value", .. Aggregates],
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _bits = new(
        tables.Values.SelectMany(t => t.Columns).Where(c => c.DataType is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Bit }).Select(c => c.ColumnIdentifier.Value),
        StringComparer.OrdinalIgnoreCase);

    public List<string> Mistakes { get; } = [];

    public void Read(TSqlFragment tree)
    {
        var statements = ((TSqlScript)tree).Batches.SelectMany(b => b.Statements).ToList();
        if (statements.Count != 1)
        {
            Mistakes.Add($"{statements.Count} statements; a text is one");
        }
        if (tree.ScriptTokenStream.Any(t => t.Text == "||"))
        {
            Mistakes.Add("|| is no common operator: concat");
        }
        foreach (var statement in statements)
        {
            statement.Accept(this);
        }
    }

    public override void Visit(FunctionCall node)
    {
        var name = node.FunctionName.Value;
        if (!Functions.Contains(name))
        {
            Mistakes.Add($"function {name} is not in the common subset");
        }
        if (!Aggregates.Contains(name) || name.Equals("string_agg", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }
        if (node.Parameters.Count != 1)
        {
            Mistakes.Add($"{name} takes one argument");
        }
        else if (node.Parameters[0] is ColumnReferenceExpression { MultiPartIdentifier: { } column } && _bits.Contains(Last(column))
            && !name.Equals("count", StringComparison.OrdinalIgnoreCase))
        {
            Mistakes.Add($"{name} of the bit {Last(column)}: sum or max a CASE");
        }
        else if (name.Equals("avg", StringComparison.OrdinalIgnoreCase) && node.Parameters[0] is not CastCall)
        {
            Mistakes.Add("avg of whole numbers is whole on SQL Server: avg(CAST(… AS float))");
        }
    }

    public override void Visit(CastCall node)
    {
        if (node.DataType is not SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Float or SqlDataTypeOption.BigInt or SqlDataTypeOption.Int })
        {
            Mistakes.Add("CAST only to float, bigint or int");
        }
    }

    public override void Visit(BinaryLiteral node) => Mistakes.Add("a binary literal is a number on SQLite: a parameter");

    public override void Visit(SelectStarExpression node) => Mistakes.Add("name the columns instead of *");

    public override void Visit(SelectScalarExpression node)
    {
        if (node.ColumnName is { } alias && alias.StartOffset < node.Expression.StartOffset)
        {
            Mistakes.Add($"{alias.Value} = … is a name on SQL Server and a comparison on SQLite: CASE or AS");
        }
    }

    public override void Visit(BinaryExpression node)
    {
        if (node.BinaryExpressionType == BinaryExpressionType.Add && (node.FirstExpression is StringLiteral || node.SecondExpression is StringLiteral))
        {
            Mistakes.Add("+ adds numbers on SQLite: concat");
        }
    }

    public override void Visit(OrderByClause node)
    {
        var duplicate = node.OrderByElements.Select(e => Text(e.Expression)).GroupBy(t => t, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (duplicate is not null)
        {
            Mistakes.Add($"ORDER BY names {duplicate.Key} twice");
        }
    }

    public override void Visit(QuerySpecification node)
    {
        var grouped = node.GroupByClause?.GroupingSpecifications.OfType<ExpressionGroupingSpecification>().Select(g => Text(g.Expression)).ToList() ?? [];
        var columns = new Bare();
        foreach (var element in node.SelectElements)
        {
            element.Accept(columns);
        }
        if (node.GroupByClause is null && !columns.HasAggregate)
        {
            return;
        }
        node.HavingClause?.Accept(columns);
        node.OrderByClause?.Accept(columns);
        var aliases = node.SelectElements.OfType<SelectScalarExpression>().Select(e => e.ColumnName?.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns.Columns)
        {
            if (!grouped.Any(g => g.Equals(Text(column), StringComparison.OrdinalIgnoreCase) || Tail(g).Equals(Tail(Text(column)), StringComparison.OrdinalIgnoreCase))
                && !aliases.Contains(Text(column)))
            {
                Mistakes.Add($"{Text(column)} is neither grouped nor aggregated");
            }
        }
    }

    public override void Visit(InsertSpecification node)
    {
        var columns = node.Columns.Select(c => Last(c.MultiPartIdentifier)).ToList();
        if (columns.Count == 0)
        {
            Mistakes.Add("INSERT names its columns");
            return;
        }
        var widths = node.InsertSource switch
        {
            ValuesInsertSource values => values.RowValues.Select(row => row.ColumnValues.Count),
            SelectInsertSource select => Specifications(select.Select).Select(s => s.SelectElements.Count),
            _ => [],
        };
        foreach (var width in widths.Where(width => width != columns.Count))
        {
            Mistakes.Add($"INSERT names {columns.Count} columns and gives {width} values");
        }
        if (node.Target is NamedTableReference target && tables.TryGetValue(target.SchemaObject.BaseIdentifier.Value, out var table))
        {
            foreach (var needed in table.Needed.Except(columns, StringComparer.OrdinalIgnoreCase))
            {
                Mistakes.Add($"INSERT leaves out {table.Name}.{needed}, which is NOT NULL");
            }
        }
    }

    private static IEnumerable<QuerySpecification> Specifications(QueryExpression query) => query switch
    {
        QuerySpecification one => [one],
        BinaryQueryExpression two => [.. Specifications(two.FirstQueryExpression), .. Specifications(two.SecondQueryExpression)],
        QueryParenthesisExpression inner => Specifications(inner.QueryExpression),
        _ => [],
    };

    private static string Last(MultiPartIdentifier name) => name.Identifiers[^1].Value;

    private static string Tail(string name) => name[(name.LastIndexOf('.') + 1)..];

    internal static string Text(TSqlFragment node) =>
        string.Concat(node.ScriptTokenStream.Skip(node.FirstTokenIndex).Take(node.LastTokenIndex - node.FirstTokenIndex + 1).Select(t => t.Text));

    /// <summary>Columns outside aggregates, and outside subqueries, which have groups of their own.</summary>
    private sealed class Bare : TSqlConcreteFragmentVisitor
    {
        public List<ColumnReferenceExpression> Columns { get; } = [];

        public bool HasAggregate { get; private set; }

        public override void ExplicitVisit(FunctionCall node)
        {
            if (Aggregates.Contains(node.FunctionName.Value) && node.OverClause is null)
            {
                HasAggregate = true;
            }
            else
            {
                base.ExplicitVisit(node);
            }
        }

        public override void ExplicitVisit(ScalarSubquery node)
        {
        }

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier is not null)
            {
                Columns.Add(node);
            }
        }
    }
}
