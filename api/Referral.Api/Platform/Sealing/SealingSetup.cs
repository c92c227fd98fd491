namespace NationalReferral.Platform;

internal static class SealingSetup
{
    /// <summary>
    /// <c>Sealing:KeyFile</c> or <c>Sealing:KeyCommand</c> (key-encryption keys), <c>Sealing:IndexKeyFile</c> or
    /// <c>Sealing:IndexKeyCommand</c>; without either, files under <c>data/keys</c>.
    /// </summary>
    public static IServiceCollection AddSealing(this IServiceCollection services, IConfiguration settings, IHostEnvironment environment) => services
        .AddSingleton(_ => new Keys(Ring(settings, environment, "Sealing:Key", "kek", KeySource.Symmetric)))
        .AddSingleton(_ => new IndexKey(Ring(settings, environment, "Sealing:IndexKey", "index", KeySource.Symmetric)));

    /// <param name="setting">The settings' stem; <c>File</c> and <c>Command</c> are added to it.</param>
    /// <param name="name">Of the secret; the default file is <c>data/keys/{name}.keys</c>.</param>
    internal static KeyRing Ring(IConfiguration settings, IHostEnvironment environment, string setting, string name, Func<byte[]> make)
    {
        var file = settings[setting + "File"] ?? Path.Combine("data", "keys", name + ".keys");
        return new(new(
            name, setting, Path.Combine(environment.ContentRootPath, file), settings[setting + "Command"], environment.IsDevelopment(), make));
    }
}
