using Vpio.Abi.Ownership;

public sealed class Plotter
{
    [Acquires, NoThrow]
    [NoOwnershipCheck("Nobody shares this one.")]
    public void Grab() => Console.WriteLine("Plotter: grabbed");

    [Releases, NoThrow]
    [NoOwnershipCheck("Nobody shares this one.")]
    public void Release() => Console.WriteLine("Plotter: released");

    [RequiresHeld, NoThrow]
    public void LineTo(int x, int y) => Console.WriteLine($"Plotter: {x}, {y}");
}

public static class AwaitUnderAHold
{
    public static async Task DrawAsync(Plotter plotter)
    {
        plotter.Grab(); // warning VPIO1010
        plotter.LineTo(1, 1);
        await Task.Yield(); // error VPIO1013
        plotter.LineTo(2, 1);
        plotter.Release();
    }
}
