namespace Vpio.CrossProcess;

/// <summary>Says how a guest process ended.</summary>
public static class ExitCodes
{
    /// <summary>All went as it should.</summary>
    public const int Sound = 0;

    /// <summary>The process saw the hypervisor break a promise; its notebook says which.</summary>
    public const int PromiseBroken = 10;
}
