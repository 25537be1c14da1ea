namespace Vpio.Benchmarks.Ownership;

/// <summary>Takes and gives back something.</summary>
/// <typeparam name="TExclusion">What.</typeparam>
/// <param name="exclusion">What.</param>
internal struct PairOf<TExclusion>(TExclusion exclusion) : IPair
    where TExclusion : struct, IExclusion
{
    private TExclusion _exclusion = exclusion;

    public void TakeAndGiveBack()
    {
        _exclusion.Take();
        _exclusion.GiveBack();
    }
}
