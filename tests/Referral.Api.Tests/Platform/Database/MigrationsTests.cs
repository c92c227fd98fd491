using NUnit.Framework;

namespace NationalReferral.Platform;

[TestFixtureSource(typeof(TestDatabase), nameof(TestDatabase.Providers))]
public sealed class MigrationsTests(string provider)
{
    private TestDatabase _store = null!;

    [SetUp]
    public async Task Open() => _store = await TestDatabase.CreateAsync(provider);

    [TearDown]
    public async Task Close() => await _store.DisposeAsync();

    [Test]
    public async Task Instances_that_start_together_migrate_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrations.RunAsync(_store.Options, default)));

        Assert.That(() => Migrations.CheckAsync(_store.Options, default), Throws.Nothing);
        Assert.That(await _store.Open().ValueAsync<int>("SELECT count(*) FROM schema_versions"), Is.EqualTo(Migrations.Scripts().Count));
    }

    [Test]
    public void An_instance_does_not_serve_a_database_that_lacks_scripts() =>
        Assert.That(() => Migrations.CheckAsync(_store.Options, default), Throws.InvalidOperationException.With.Message.Contains("migrate"));

    [Test]
    public async Task An_instance_refuses_a_newer_schema()
    {
        await Migrations.RunAsync(_store.Options, default);
        await _store.Open().ChangeAsync(
            Caller.System,
            work => work.ExecuteAsync("INSERT INTO schema_versions (ScriptName, Applied) VALUES ('9999_later.sql', '2026-01-01')", null, default),
            _ => true,
            default);

        Assert.That(() => Migrations.CheckAsync(_store.Options, default), Throws.InvalidOperationException.With.Message.Contains("9999_later.sql"));
        Assert.That(() => Migrations.RunAsync(_store.Options, default), Throws.InvalidOperationException.With.Message.Contains("9999_later.sql"));
    }
}
