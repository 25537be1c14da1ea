namespace Vpio.Fuzz;

/// <summary>Is one place where bytes of a guest come in: it makes a run of them, and looks whether the promises hold.</summary>
/// <remarks>The same bytes give the same run: time is virtual, and all happens on the caller's thread.</remarks>
internal interface IFuzzTarget
{
    /// <summary>Runs an input.</summary>
    /// <param name="input">The input, whatever it is.</param>
    /// <returns>A digest of what happened: the same for the same input.</returns>
    /// <exception cref="BrokenPromiseException">A promise does not hold. Any other exception is a fault as well.</exception>
    ulong Run(ReadOnlySpan<byte> input);
}
