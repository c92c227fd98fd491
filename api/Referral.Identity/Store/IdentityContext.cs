using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OpenIddict.EntityFrameworkCore.Models;

namespace NationalReferral.Identity;

/// <summary>Maps the libraries' stores onto our own tables. The schema is Schema/*.sql; nothing here creates any.</summary>
internal sealed class IdentityContext(DbContextOptions<IdentityContext> options) : IdentityUserContext<Account, Guid>(options)
{
    private static readonly Dictionary<Type, string> Tables = new()
    {
        [typeof(Account)] = "accounts",
        [typeof(IdentityUserClaim<Guid>)] = "account_claims",
        [typeof(IdentityUserLogin<Guid>)] = "account_logins",
        [typeof(IdentityUserToken<Guid>)] = "account_tokens",
        [typeof(OpenIddictEntityFrameworkCoreApplication<Guid>)] = "oidc_applications",
        [typeof(OpenIddictEntityFrameworkCoreAuthorization<Guid>)] = "oidc_authorizations",
        [typeof(OpenIddictEntityFrameworkCoreScope<Guid>)] = "oidc_scopes",
        [typeof(OpenIddictEntityFrameworkCoreToken<Guid>)] = "oidc_tokens",
    };

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Guid>().HaveConversion<BigEndian>().HaveColumnType("binary(16)");
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMilliseconds>().HaveColumnType("datetime2(3)");
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcOffsetMilliseconds>().HaveColumnType("datetime2(3)");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict<Guid>();
        builder.Ignore<IdentityUserPasskey<Guid>>();
        builder.Ignore<IdentityPasskeyData>();
        builder.Entity<IdentityUserClaim<Guid>>().Property(c => c.Id).ValueGeneratedNever();
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            entity.SetTableName(Tables[entity.ClrType]);
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(property.Name == "UserId" ? "account_id" : Snake(property.Name));
            }
        }
    }

    private static string Snake(string name)
    {
        var column = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && column.Length > 0)
            {
                column.Append('_');
            }
            column.Append(char.ToLowerInvariant(letter));
        }
        return column.ToString();
    }

    /// <summary>Network order keeps ids in one order on both engines.</summary>
    private sealed class BigEndian() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

    private sealed class UtcMilliseconds() : ValueConverter<DateTime, DateTime>(at => Cut(at), at => DateTime.SpecifyKind(at, DateTimeKind.Utc));

    private sealed class UtcOffsetMilliseconds() : ValueConverter<DateTimeOffset, DateTime>(at => Cut(at.UtcDateTime), at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));

    private static DateTime Cut(DateTime at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
}
