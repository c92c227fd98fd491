using System.Data.Common;

namespace NationalReferral.Platform;

/// <summary>What the two databases spell differently.</summary>
internal abstract class Dialect
{
    /// <summary>Ends a text that ends in ORDER BY, so that it gives at most @take rows.</summary>
    public abstract string PageTail { get; }

    /// <summary>For <c>$token$</c> in the schema's scripts.</summary>
    public abstract IReadOnlyDictionary<string, string> SchemaTokens { get; }

    /// <returns>The same fault without values and without words that may quote them.</returns>
    public abstract Exception Explain(DbException fault);
}
