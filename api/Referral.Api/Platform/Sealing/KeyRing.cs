namespace NationalReferral.Platform;

/// <summary>
/// The generations of one secret, as this process knows them. New work uses the newest; a generation that another
/// instance has begun to use since is looked for once in the source.
/// </summary>
public sealed class KeyRing(KeySource source)
{
    private readonly Lock _reading = new();
    private volatile IReadOnlyList<SecretKey>? _keys;

    /// <summary>Every generation, the newest first.</summary>
    public IReadOnlyList<SecretKey> Keys => _keys ?? Reread();

    public SecretKey Newest => Keys[0];

    /// <exception cref="KeyMissingException">No generation of this id: it was taken out of the file while still in use.</exception>
    public SecretKey Find(string id) =>
        Find(Keys, id) ?? Find(Reread(), id) ?? throw new KeyMissingException($"No key '{id}' is at hand; rows in the database still need it.");

    /// <summary>Adds a generation and works with it from now on.</summary>
    public SecretKey Rotate()
    {
        source.AddNewest();
        return Reread()[0];
    }

    private static SecretKey? Find(IReadOnlyList<SecretKey> keys, string id)
    {
        foreach (var key in keys)
        {
            if (key.Id == id)
            {
                return key;
            }
        }
        return null;
    }

    private IReadOnlyList<SecretKey> Reread()
    {
        lock (_reading)
        {
            return _keys = [.. source.Read().Reverse()];
        }
    }
}
