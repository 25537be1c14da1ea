namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Is the words that actors share, with what a judge must know. Its text tells states apart.</summary>
internal interface ISteppedMemory<out TSelf>
{
    TSelf Copy();

    /// <summary>Judges an end, in which nobody can go on.</summary>
    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    string? JudgeEnd();
}
