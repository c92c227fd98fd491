namespace NationalReferral.Tests;

/// <summary>The lifecycle as the contract writes it down, apart from the code.</summary>
internal sealed record ContractMove(
    string Action, IReadOnlyList<string> From, string? To, string By, IReadOnlyList<string> Needs, IReadOnlyList<string> Clocks, string Place, string Access, string Event,
    string? OrBy = null, IReadOnlyList<string>? HeldFrom = null)
{
    public static IReadOnlyList<ContractMove> All { get; } = Read();

    public string Line => $"{Action}: {string.Join('|', From)} -> {To ?? "prior"} by {By}; needs {string.Join(", ", Needs)}; clocks {string.Join(", ", Clocks)}; place {Place}; access {Access}; {Event}; or by {OrBy}; held from {string.Join('|', HeldFrom ?? [])}";

    public bool StartsFrom(string state, string? prior) => From.Contains(state) || (state == "on_hold" && HeldFrom?.Contains(prior) == true);

    public bool IsBy(string party) => By == party || OrBy == party;

    private static List<ContractMove> Read()
    {
        using var document = Repository.Json("contracts/lifecycle.json");
        return [.. document.RootElement.GetProperty("moves").EnumerateArray().Select(move =>
        {
            string Text(string name) => move.GetProperty(name).GetString()!;
            string[] Texts(string name) => [.. move.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
            return new ContractMove(
                Text("action"), Texts("from"), move.GetProperty("to").GetString(), Text("by"), Texts("needs"), Texts("clocks"), Text("place"), Text("access"), Text("event"),
                move.TryGetProperty("orBy", out var other) ? other.GetString() : null, move.TryGetProperty("heldFrom", out _) ? Texts("heldFrom") : null);
        })];
    }
}
