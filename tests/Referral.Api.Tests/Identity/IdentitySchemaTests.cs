using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Identity;

public sealed class IdentitySchemaTests
{
    /// <summary>The libraries own these entities: an upgrade that adds a column must fail here, and not in production.</summary>
    [Test]
    public async Task The_script_has_every_column_that_the_libraries_map_and_no_other()
    {
        await using var host = await IdentityHost.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<IdentityContext>();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await connection.OpenAsync();

        foreach (var entity in context.Model.GetEntityTypes())
        {
            var mapped = entity.GetProperties().Select(property => $"{property.GetColumnName()}{(property.IsNullable ? "" : " not null")}");
            Assert.That(await ColumnsAsync(connection, entity.GetTableName()!), Is.EquivalentTo(mapped), entity.GetTableName());
        }
    }

    [Test]
    public async Task A_newer_schema_is_refused_and_an_older_one_too()
    {
        var folder = Directory.CreateTempSubdirectory("identity-").FullName;
        var settings = new IdentitySettings { Issuer = new("http://localhost/"), LeaveTo = new("https://example.org/"), ConnectionString = $"Data Source={folder}/i.db" };

        Assert.That(() => IdentitySchema.Check(settings), Throws.InvalidOperationException.With.Message.Contains("migrate"));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => IdentitySchema.MigrateAsync(settings, default)));
        Assert.That(() => IdentitySchema.Check(settings), Throws.Nothing);
        await new IdentityStore(settings).ExecuteAsync("INSERT INTO schema_versions (ScriptName, Applied) VALUES ('9999_later.sql', '2030-01-01')", default);
        Assert.That(() => IdentitySchema.Check(settings), Throws.InvalidOperationException.With.Message.Contains("9999_later"));

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(SqliteConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, \"notnull\" FROM pragma_table_info(@table)";
        command.Parameters.AddWithValue("@table", table);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
        {
            columns.Add($"{reader.GetString(0)}{(reader.GetInt64(1) == 1 ? " not null" : "")}");
        }
        return columns;
    }
}
