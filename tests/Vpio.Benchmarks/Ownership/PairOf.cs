namespace Vpio.Benchmarks.Ownership;

/// <summary>Takes and gives back something.</summary>
/// <typeparam name="TExclusion">What.</typeparam>
/// <param name="exclusion">What.</param>
internal readonly struct PairOf<TExclusion>(TExclusion exclusion) : IPair
    where TExclusion : struct, IExclusion
{
    public void TakeAndGiveBack()
    {
        TExclusion mine = exclusion; // It may keep what it took in itself.
        mine.Take();
        mine.GiveBack();
    }
}
