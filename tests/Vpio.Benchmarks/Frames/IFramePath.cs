namespace Vpio.Benchmarks.Frames;

/// <summary>Is a way on which one thread gives frames to another.</summary>
internal interface IFramePath : IDisposable
{
    /// <summary>Sends frames, all of one length; waits where there is no room.</summary>
    /// <param name="frames">How many, a multiple of <see cref="FrameRate.BatchFrames"/>.</param>
    void Send(int frames);

    /// <summary>Takes as many out, on another thread.</summary>
    /// <param name="frames">How many.</param>
    void Take(int frames);
}
