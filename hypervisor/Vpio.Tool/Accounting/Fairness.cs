namespace Vpio.Tool.Accounting;

/// <summary>Says how evenly device time was shared by weight, and among whom.</summary>
/// <param name="Jain">Jain's index over device time / weight, 1 when all got the same.</param>
/// <param name="Guests">Among how many guests.</param>
/// <param name="WasThroughout">Whether they all took part for the whole of the run; else it shows their demands rather than the sharing.</param>
internal readonly record struct Fairness(double Jain, int Guests, bool WasThroughout);
