using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Every published operation by every persona. <c>matrix.txt</c> is written by hand and says who may try what: roles, then
/// the scope that a client needs (- for none). An operation without a row fails.
/// </summary>
public sealed class MatrixTests
{
    private static readonly Dictionary<string, (string[] Roles, string? Scope)> Rows = File
        .ReadAllLines(Path.Combine(Contracts.Folder, "..", "tests", "Referral.Contract.Tests", "Matrix", "matrix.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(':', 2))
        .ToDictionary(
            parts => parts[0].Trim(),
            parts => (parts[1].Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), parts[1].Split('|')[1].Trim() is "-" ? null : parts[1].Split('|')[1].Trim()));

    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCaseSource(typeof(PublishedOperations), nameof(PublishedOperations.All))]
    public async Task Who_may_try_it_stands_in_the_matrix(PublishedOperation operation)
    {
        Assert.That(Rows, Does.ContainKey(operation.Name), $"{operation.Name} has no row in matrix.txt.");
        var (roles, scope) = Rows[operation.Name];

        var wrong = new List<string>();
        foreach (var persona in World.Everybody.Concat(World.Blocked).Prepend(null))
        {
            var expected = roles.Contains("everyone") ? "admitted"
                : persona is null ? "401"
                : persona.IsClient ? (scope is not null && persona.Scopes.Split(' ').Contains(scope) ? "admitted" : "403")
                : persona.Roles.Split(' ').Intersect(roles).Any() ? "admitted" : "403";
            using var client = _app.As(persona);
            using var response = await client.SendAsync(operation.Method, operation.WithRandomIds(), operation.BodyShape is null ? null : "{}");
            var status = (int)response.StatusCode;
            var problem = await response.Content.ReadAsStringAsync();
            var got = status == 401 ? "401" : status == 403 && problem.Contains("\"not_permitted\"", StringComparison.Ordinal) ? "403" : status >= 500 ? $"{status}" : "admitted";
            if (got != expected)
            {
                wrong.Add($"{persona?.Key ?? "nobody"}: {got} instead of {expected}");
            }
        }
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_matrix_names_no_operation_that_is_gone() =>
        Assert.That(Rows.Keys.Except(PublishedOperations.All.Select(operation => operation.Name)), Is.Empty);
}
