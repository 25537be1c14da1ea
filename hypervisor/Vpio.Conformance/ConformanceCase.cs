namespace Vpio.Conformance;

/// <summary>Is a case of the suite: a claim about every hypervisor that keeps the ABI.</summary>
public sealed class ConformanceCase
{
    private readonly Action<Scene> _body;

    internal ConformanceCase(string name, string rule, Action<Scene> body)
    {
        Name = name;
        Rule = rule;
        _body = body;
    }

    /// <summary>Gets its name, of small letters and hyphens.</summary>
    public string Name { get; }

    /// <summary>Gets what it holds: ids of <c>docs/abi.md</c>, or a page and what is said there.</summary>
    public string Rule { get; }

    /// <summary>Gets the claim, as a sentence.</summary>
    public string Claim => char.ToUpperInvariant(Name[0]) + Name[1..].Replace('-', ' ') + ".";

    /// <summary>Tries it.</summary>
    /// <param name="start">Starts a hypervisor for it.</param>
    /// <param name="patience">How long it waits for what must come about; <see langword="null"/>: 20 s.</param>
    /// <returns>How it went.</returns>
    public CaseOutcome Try(Func<ITestbed> start, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        Expect.Patience = patience ?? Expect.DefaultPatience;
        using ITestbed testbed = start();
        try
        {
            _body(new Scene(testbed));
            return new CaseOutcome(this, CaseVerdict.Passed, null);
        }
        catch (CaseEnded end)
        {
            return new CaseOutcome(this, end.Verdict, end.Message);
        }
        catch (GuestGoneException gone)
        {
            return new CaseOutcome(this, CaseVerdict.Failed, $"a guest ended that did nothing wrong: {gone.Message}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
