using NUnit.Framework;

namespace NationalReferral.Platform;

public sealed class MigrationsTests
{
    [Test]
    public async Task Instances_that_start_together_migrate_once()
    {
        var file = Path.Combine(Path.GetTempPath(), $"referral-{Guid.NewGuid():N}.db");
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file}" };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrations.RunAsync(options, CancellationToken.None)));

        await Migrations.CheckAsync(options, CancellationToken.None);
    }
}
