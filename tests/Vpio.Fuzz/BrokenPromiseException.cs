namespace Vpio.Fuzz;

/// <summary>Says that an input made something break what is promised about it.</summary>
/// <param name="promise">What does not hold, and on what.</param>
internal sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    /// <summary>Throws unless a promise holds.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="promise">The promise; one string for all inputs, for this is asked millions of times.</param>
    /// <param name="about">What it is about.</param>
    public static void Unless(bool holds, string promise, long about = 0)
    {
        if (!holds)
            throw new BrokenPromiseException($"{promise} (of {about}).");
    }
}
