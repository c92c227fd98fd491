namespace NationalReferral.Benchmarks;

/// <summary>Product and limit program, each on a copy of one country.</summary>
/// <param name="Token">A token is checked once: whoever asks again brings the same.</param>
internal sealed record Sides(Host Product, Host Limit, Country Own, Country Same, Func<string, string> Token)
{
    public Country CountryOf(Host host) => host == Product ? Own : Same;

    /// <summary>Past both servers: what is not measured.</summary>
    public void Both(Action<Country> change)
    {
        change(Own);
        change(Same);
    }

    /// <summary>Nothing but this, on a country of its own.</summary>
    public static async Task AloneAsync(string home, int victims, Func<Sides, Task> measure)
    {
        var pristine = await Country.PrepareAsync(home, victims);
        var (own, same) = (pristine.CopyTo(Path.Combine(home, "product")), pristine.CopyTo(Path.Combine(home, "limit")));
        await using var authority = await Authority.StartAsync();
        own.AdmitAll(authority.Issuer);
        same.AdmitAll(authority.Issuer);
        using var limit = await Host.LimitAsync(same.File, authority.Issuer);
        using var product = await Host.ProductAsync(own.Folder, victims, authority.Issuer);
        await measure(new(product, limit, own, same, Benchmark.OneFor(authority)));
        await product.StopAsync();
    }
}

/// <summary>Steps that follow each other, round after round; each is taken by turns on both sides, and both must have written as many rows at the end.</summary>
internal sealed class Steps(Sides sides, Report report)
{
    private readonly List<(string What, double Least, Ratios Ratios)> _taken = [];
    private int _round;
    private int _step;

    public async Task RunAsync(int rounds, Func<Task> one)
    {
        var before = (Product: sides.Own.Sizes(), Limit: sides.Same.Sizes());
        for (_round = 0; _round < Benchmark.FirstWarmUps + rounds; _round++)
        {
            _step = 0;
            await one();
        }
        Benchmark.AssertSame(before, (sides.Own.Sizes(), sides.Same.Sizes()));
        _taken.ForEach(step => report.Add(step.Ratios.Figure(step.What, step.Least)));
    }

    /// <summary>On both sides, and not measured.</summary>
    public async Task PrepareAsync(IEnumerable<Ask> asks)
    {
        Ask[] all = [.. asks];
        await Benchmark.RoundAsync(sides.Product, sides.Limit, _round, _ => all, null);
    }

    /// <param name="what">The next step in the order of the first round.</param>
    /// <param name="least">What the product must reach of what the limit program does.</param>
    /// <param name="asks">The same for both.</param>
    public Task<Dictionary<Host, Answer[]>> StepAsync(string what, double least, IEnumerable<Ask> asks)
    {
        Ask[] all = [.. asks];
        return StepAsync(what, least, _ => all);
    }

    public async Task<Dictionary<Host, Answer[]>> StepAsync(string what, double least, Func<Host, Ask[]> asks)
    {
        var answers = new Dictionary<Host, Answer[]>();
        var round = await Benchmark.RoundAsync(sides.Product, sides.Limit, _round, asks, answers);
        if (_step == _taken.Count)
        {
            _taken.Add((what, least, default));
        }
        _taken[_step] = (what, least, _taken[_step].Ratios.With(_round < Benchmark.FirstWarmUps, round));
        _step++;
        return answers;
    }
}
