import { Controller, Post, UseInterceptors } from '@nestjs/common'
import { imageUpload, type Uploaded, UploadedImage } from 'sluice/nest'

@Controller('images')
export class ImagesController {
  @Post()
  @UseInterceptors(imageUpload({ store: './uploads', public: true }))
  create(@UploadedImage() image: Uploaded) {
    return image
  }
}
