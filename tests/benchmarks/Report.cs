using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NationalReferral.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="Against">The other side's figure; null for an absolute one.</param>
/// <param name="Value">What counts: a ratio, seconds, megabytes.</param>
internal sealed record Figure(string What, string? Product, string? Against, double Value, string Unit, double Bound, bool IsLeast)
{
    public bool IsReached => IsLeast ? Value >= Bound : Value <= Bound;
}

/// <param name="part">Which table of the README is written: it stands between two marks that name it.</param>
internal sealed class Report(string part = "figures")
{
    private readonly string _begin = $"<!-- {part}: written by the program -->";
    private readonly string _end = $"<!-- end of {part} -->";
    private readonly List<Figure> _figures = [];

    public bool IsReached => _figures.TrueForAll(figure => figure.IsReached);

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.WriteLine(Line(figure));
    }

    /// <summary>The table into the README between its marks, the same as JSON beside the data.</summary>
    public void Write(string readme, string json, string command)
    {
        var table = new StringBuilder($"{_begin}\n`{command}`, {DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores:\n\n");
        table.Append("| what | product | against | figure | needed |\n| --- | --- | --- | --- | --- |\n");
        _figures.ForEach(figure => table.Append(Line(figure)).Append('\n'));
        var text = File.ReadAllText(readme);
        var (from, to) = (text.IndexOf(_begin, StringComparison.Ordinal), text.IndexOf(_end, StringComparison.Ordinal));
        File.WriteAllText(readme, text[..from] + table + text[to..]);
        var rows = new JsonArray([.. _figures.Select(figure => new JsonObject
        {
            ["what"] = figure.What,
            ["product"] = figure.Product,
            ["against"] = figure.Against,
            ["value"] = Math.Round(figure.Value, 3),
            ["unit"] = figure.Unit,
            [figure.IsLeast ? "atLeast" : "atMost"] = figure.Bound,
            ["reached"] = figure.IsReached,
        })]);
        File.WriteAllText(json, rows.ToJsonString(new JsonSerializerOptions { WriteIndented = true, TypeInfoResolver = JsonSerializerOptions.Default.TypeInfoResolver }));
    }

    private static string Line(Figure figure) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {figure.What} | {figure.Product ?? "-"} | {figure.Against ?? "-"} | {figure.Value:0.##} {figure.Unit} | {(figure.IsLeast ? "≥" : "≤")} {figure.Bound:0.##}{(figure.IsReached ? "" : " **missed**")} |");
}
